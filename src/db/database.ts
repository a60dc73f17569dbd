import type { Kysely, RawBuilder, Transaction } from "kysely";
import type { AlertTable } from "../alerts/table.ts";
import type {
  ArticleEventTable,
  ArticleTable,
  ArticleVersionTable,
  CorrectionTable,
  CorrectionVersionTable,
} from "../articles/table.ts";
import type { ConsentEventTable, ConsentWordingTable } from "../consent/table.ts";
import type {
  AddressRefusalTable,
  BatchTable,
  DeliveryTable,
  EditorMailTable,
  FormerMessageTable,
  FrozenBatchTable,
  ProviderEventTable,
  UnknownDecisionTable,
  VariantTable,
  VariantVersionTable,
  WarmUpDayTable,
} from "../delivery/table.ts";
import type {
  DigestEventTable,
  DigestExclusionPageTable,
  DigestExclusionTable,
  DigestPaceTable,
  DigestSkipTable,
  DigestTable,
  DigestTallyTable,
  ScheduleLookTable,
  ScheduleRunTable,
} from "../digests/table.ts";
import type { EditorSessionTable, EditorTable } from "../editors/table.ts";
import type { CapturedMailTable } from "../mail/table.ts";
import type { SourcePageTable, SourceTable } from "../sources/table.ts";
import type { RateHitTable, SubscriberTable, SubscriptionRequestTable } from "../subscribers/table.ts";
import type { SuppressionTable } from "../suppression/table.ts";
import type { TopicTable } from "../topics/table.ts";
import type { VaultKeyTable } from "../vault/table.ts";

/** Every table, one schema for both engines. */
export interface Tables {
  topic: TopicTable;
  subscriber: SubscriberTable;
  subscription_request: SubscriptionRequestTable;
  rate_hit: RateHitTable;
  consent_event: ConsentEventTable;
  consent_wording: ConsentWordingTable;
  suppression: SuppressionTable;
  vault_key: VaultKeyTable;
  article: ArticleTable;
  article_version: ArticleVersionTable;
  article_event: ArticleEventTable;
  correction: CorrectionTable;
  correction_version: CorrectionVersionTable;
  source: SourceTable;
  source_page: SourcePageTable;
  digest: DigestTable;
  digest_event: DigestEventTable;
  digest_exclusion: DigestExclusionTable;
  digest_exclusion_page: DigestExclusionPageTable;
  digest_tally: DigestTallyTable;
  digest_skip: DigestSkipTable;
  digest_pace: DigestPaceTable;
  schedule_look: ScheduleLookTable;
  schedule_run: ScheduleRunTable;
  variant: VariantTable;
  variant_version: VariantVersionTable;
  batch: BatchTable;
  frozen_batch: FrozenBatchTable;
  delivery: DeliveryTable;
  former_message: FormerMessageTable;
  address_refusal: AddressRefusalTable;
  warm_up_day: WarmUpDayTable;
  provider_event: ProviderEventTable;
  captured_mail: CapturedMailTable;
  editor: EditorTable;
  editor_session: EditorSessionTable;
  editor_mail: EditorMailTable;
  unknown_decision: UnknownDecisionTable;
  alert: AlertTable;
}

/** A handle to run queries on: the database itself or a transaction of it. */
export type Db = Kysely<Tables>;
/** A function that takes this must run inside a transaction. */
export type Tx = Transaction<Tables>;

/** What one engine does differently; the twins `sqlite.ts` and `postgres.ts` give one each. */
export interface Engine {
  readonly name: "sqlite" | "postgres";
  /**
   * Any number of whole numbers as a subquery of one column, `value`, in their order. One parameter however many there
   * are, so that the statement's text stays the same and is not compiled anew.
   */
  numbers(list: readonly number[]): RawBuilder<number>;
  /** The same for texts by name: a table of `key` and `value`. */
  entries(texts: Readonly<Record<string, string>>): RawBuilder<unknown>;
  /** Lets one transaction at a time past this point until it ends, for the named matter. */
  serialise(tx: Tx, matter: string): Promise<void>;
  /** Whether rows read for a change must be locked (`for update`); false where there is only one writer. */
  readonly locksRows: boolean;
  /** True when the error says that a unique constraint was broken. */
  isUniqueViolation(error: unknown): boolean;
  /** True when the transaction only lost a race (a deadlock, a serialisation failure) and may be run again. */
  isLostRace(error: unknown): boolean;
  /** Bytes the database takes on disk. */
  size(db: Db): Promise<number>;
  /** `ok`, or what is wrong with the file. PostgreSQL looks after itself. */
  integrity(db: Db): Promise<string>;
}

export interface Database {
  db: Db;
  engine: Engine;
  close(): Promise<void>;
}
