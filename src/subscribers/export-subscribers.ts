import { stringify } from "csv-stringify/sync";
import type { Context } from "../context.ts";
import { unpackTopics } from "../topics/index.ts";
import { COLUMNS } from "./import-line.ts";
import { pageOfSubscribers } from "./list-queries.ts";
import type { Subscriber } from "./queries.ts";

const PAGE = 1000;

/**
 * Every active reader as CSV in key order, in pieces of whole lines; the header and what an import reads are the same.
 * What a spreadsheet would run as a formula gets an apostrophe in front, which an import takes off again.
 */
export async function* exportSubscribers(ctx: Context): AsyncGenerator<string> {
  await ctx.vault.ready();
  yield `${COLUMNS.join(",")}\n`;
  for (let after = 0; ; ) {
    const readers = await pageOfSubscribers(ctx.db, { status: "active", topic: null }, after, PAGE);
    const last = readers.at(-1);
    if (!last) return;
    yield stringify(
      readers.map((reader) => row(ctx, reader).map(keepApostrophe)),
      { escape_formulas: true },
    );
    after = last.id;
  }
}

/** In the order of `COLUMNS`. */
function row(ctx: Context, reader: Subscriber): string[] {
  return [
    reader.address === null ? "" : ctx.vault.open(reader.address),
    unpackTopics(reader.topics).join(";"),
    reader.cadence,
    reader.timezone,
    reader.locale,
    new Date(reader.confirmed_at ?? reader.created_at).toISOString(),
    reader.source ?? "",
  ];
}

/** An address may itself begin with an apostrophe and an equals sign; one more keeps it whole through an import. */
function keepApostrophe(field: string): string {
  return /^'+[=+\-@\t\r]/.test(field) ? `'${field}` : field;
}
