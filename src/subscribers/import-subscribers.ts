import { latestEventSeq } from "../articles/index.ts";
import { recordConsents } from "../consent/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { suppressedAmong } from "../suppression/index.ts";
import { listTopics } from "../topics/index.ts";
import { type CsvRecord, type CsvSource, readCsv } from "./csv-records.ts";
import { type ImportLine, type LineRules, type RefusedLine, readHeader, readLine } from "./import-line.ts";
import { insertImported, type Known, knownAmong } from "./list-queries.ts";
import { updateSubscriber } from "./queries.ts";

export interface ImportReport {
  /** Readers who are active now and were not before. */
  imported: number;
  /** Lines about readers who were active already. */
  unchanged: number;
  /** As many as `errors` holds. */
  refused: number;
  errors: RefusedLine[];
}

/**
 * Imports readers who confirmed elsewhere, from CSV with the header of `COLUMNS`. Good lines are kept page by page, bad
 * ones are reported by number; running the same file again changes nothing. Suppressed and departed addresses never
 * come back this way. Throws `InvalidError` for a wrong header, before anything is written.
 */
export async function importSubscribers(ctx: Context, source: CsvSource | string): Promise<ImportReport> {
  await ctx.vault.ready();
  const report: ImportReport = { imported: 0, unchanged: 0, refused: 0, errors: [] };
  let rules: LineRules | undefined;
  for await (const page of readCsv(typeof source === "string" ? [source] : source)) {
    rules ??= await rulesFor(ctx, page.shift());
    await importPage(ctx, page, rules, report);
  }
  if (!rules) readHeader(undefined);
  report.refused = report.errors.length;
  report.errors.sort((a, b) => a.line - b.line);
  return report;
}

async function rulesFor(ctx: Context, header: CsvRecord | undefined): Promise<LineRules> {
  return {
    columns: readHeader(header),
    topics: new Set((await listTopics(ctx.db)).map((topic) => topic.slug)),
    defaultZone: ctx.config.site.timezone,
    now: ctx.clock(),
    zones: new Map(),
  };
}

/** A good line with its blind index: what uniqueness, suppression and departure go by. */
export type IndexedLine = ImportLine & { index: string };

async function importPage(ctx: Context, page: CsvRecord[], rules: LineRules, report: ImportReport): Promise<void> {
  const lines = new Map<string, IndexedLine>();
  const repeated: IndexedLine[] = [];
  for (const read of page.map((record) => readLine(record, rules))) {
    if ("reason" in read) {
      report.errors.push(read);
      continue;
    }
    const line = { ...read, index: ctx.vault.index(read.canonical) };
    if (lines.has(line.index)) repeated.push(line);
    else lines.set(line.index, line);
  }
  const result = await transaction(ctx, (tx) => writeLines(tx, [...lines.values()]));
  const refusals = new Map(result.errors.map((error) => [error.line, error.reason]));
  for (const { index, line } of repeated) {
    const reason = refusals.get(lines.get(index)?.line ?? line);
    if (reason === undefined) result.unchanged += 1;
    else result.errors.push({ line, reason });
  }
  report.imported += result.imported;
  report.unchanged += result.unchanged;
  report.errors.push(...result.errors);
}

type PageResult = Pick<ImportReport, "imported" | "unchanged" | "errors">;

async function writeLines(tx: TxContext, lines: IndexedLine[]): Promise<PageResult> {
  const result: PageResult = { imported: 0, unchanged: 0, errors: [] };
  const indexes = lines.map((line) => line.index);
  const suppressed = await suppressedAmong(tx.db, indexes);
  const known = await knownAmong(tx.db, tx.engine, indexes);
  const fresh: IndexedLine[] = [];
  const waiting: [IndexedLine, Known][] = [];
  for (const line of lines) {
    const before = known.get(line.index);
    const refusal = suppressed.has(line.index) ? "this address must not be mailed again" : departed(before);
    if (refusal !== null) result.errors.push({ line: line.line, reason: refusal });
    else if (!before) fresh.push(line);
    else if (before.status === "pending") waiting.push([line, before]);
    else result.unchanged += 1;
  }
  const added = await addLines(tx, fresh);
  for (const [line, { id }] of waiting) await confirmPending(tx, id, line);
  result.imported = added.size + waiting.length;
  const lost = fresh.filter((line) => !added.has(line.index));
  return lost.length === 0 ? result : merge(result, await writeLines(tx, lost));
}

/** Why a known reader is not brought back; null for one who may be. A new request by a departed one must be confirmed. */
function departed(before: Known | undefined): string | null {
  if (!before || before.status === "active") return null;
  if (before.status === "pending" && before.left_at === null) return null;
  const word = {
    pending: "had left",
    unsubscribed: "has left",
    bounced: "bounced",
    complained: "complained",
    erased: "was erased",
  };
  return `this reader ${word[before.status]} and only comes back by their own sign-up`;
}

/** Inserts readers; those whom a sign-up brought in at the same moment are missing in the answer. */
async function addLines(tx: TxContext, lines: IndexedLine[]): Promise<Map<string, number>> {
  if (lines.length === 0) return new Map();
  const watermark = await latestEventSeq(tx.db);
  const rows = lines.map((line) => ({ ...choices(line), ...arrival(tx, line, watermark) }));
  const added = await insertImported(tx.db, rows);
  await recordConsents(
    tx,
    lines.flatMap((line) => {
      const subscriberId = added.get(line.index);
      return subscriberId === undefined ? [] : [evidence(subscriberId, line)];
    }),
  );
  return added;
}

async function confirmPending(tx: TxContext, id: number, line: IndexedLine): Promise<void> {
  const watermark = await latestEventSeq(tx.db);
  const change = { ...choices(line), status: "active", confirmed_at: line.confirmedAt, watermark } as const;
  await updateSubscriber(tx.db, id, ["pending"], change);
  await recordConsents(tx, [evidence(id, line)]);
}

function choices({ topics, cadence, timezone, locale, consentSource }: IndexedLine) {
  return { topics, cadence, timezone, locale, source: consentSource };
}

function arrival(tx: TxContext, line: IndexedLine, watermark: number) {
  return {
    uid: tx.newId(),
    status: "active" as const,
    address: tx.vault.seal(line.address),
    address_index: line.index,
    watermark,
    created_at: tx.clock(),
    confirmed_at: line.confirmedAt,
  };
}

function evidence(subscriberId: number, { consentSource, confirmedAt }: IndexedLine) {
  const detail = { source: consentSource, confirmedAt: new Date(confirmedAt).toISOString() };
  return { subscriberId, kind: "confirmed" as const, form: "import", detail };
}

function merge(one: PageResult, other: PageResult): PageResult {
  return {
    imported: one.imported + other.imported,
    unchanged: one.unchanged + other.unchanged,
    errors: [...one.errors, ...other.errors],
  };
}
