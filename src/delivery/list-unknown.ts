import type { Context } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { unknownBatchRows, unknownEditorMailRows } from "./unknown-queries.ts";
import type { EditorMailKind, MailKind } from "./words.ts";

/** Messages handed over together of which nobody knows whether the provider took them. */
export interface Unknown {
  /** Of the batch, or of the mail to an editor. */
  id: string;
  kind: MailKind | EditorMailKind;
  digest: string | null;
  /** Null for what belongs to no digest. */
  digestStatus: string | null;
  /** Messages of it whose outcome is still not known. */
  count: number;
  /** What the provider, or the network, last said. */
  reason: string;
  transport: string | null;
  /** When the first attempt of unknown outcome was. */
  since: number | null;
  /** When asking again stopped being safe. */
  givenUpAt: number | null;
}

/** What waits for a person to decide, oldest first, two hundred of each sort at most. A notice may still settle any of it. */
export async function listUnknown({ db }: Pick<Context, "db">, uid: string | null = null): Promise<Unknown[]> {
  const batches = (await unknownBatchRows(db, uid)).map((row) => ({ ...row, count: Number(row.count) }));
  const mails = (await unknownEditorMailRows(db, uid)).map((row) => ({
    ...row,
    digest: null,
    digest_status: null,
    count: 1,
  }));
  return [...batches, ...mails].map((row) => ({
    id: row.uid,
    kind: row.kind,
    digest: row.digest,
    digestStatus: row.digest_status,
    count: row.count,
    reason: row.reason ?? "",
    transport: row.transport,
    since: row.unsettled_since,
    givenUpAt: row.settled_at,
  }));
}

/** One of them. Throws `NotFoundError` for what does not wait, or no longer. */
export async function getUnknown(ctx: Pick<Context, "db">, uid: string): Promise<Unknown> {
  const [found] = await listUnknown(ctx, uid);
  if (!found) throw new NotFoundError("Nothing of this waits to be decided. It may be settled meanwhile.");
  return found;
}
