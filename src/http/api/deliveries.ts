import { createRoute } from "@hono/zod-openapi";
import { stringify } from "csv-stringify/sync";
import { accepts } from "hono/accepts";
import type { Context } from "../../context.ts";
import { LEDGER_STATUSES, type LedgerOptions, type LedgerPlace, ledgerPage } from "../../digests/index.ts";
import { requireRole } from "./auth.ts";
import { IdPath, problems, security } from "./describe.ts";
import { Delivery } from "./digest-shapes.ts";
import { type Api, newApi, z } from "./env.ts";
import { Next, Page, readCursorAs, toCursor } from "./paging.ts";
import { attachment, streamed } from "./stream.ts";

const ROWS = 1000;
const COLUMNS = ["id", "subscriber", "status", "reason", "providerId", "submittedAt", "eventAt"] as const;
const CSV = "text/csv";
const JSON_LINES = "application/x-ndjson";

const deliveries = createRoute({
  method: "get",
  path: "/digests/{id}/deliveries",
  operationId: "listDeliveries",
  tags: ["Digests"],
  summary: "The ledger of a digest: state and reason of every delivery, and of every reader left out",
  description:
    "JSON in pages, or by `Accept` the whole of it as CSV (RFC 4180) or JSON lines. With `include=excluded` those who were left out follow, with the status `excluded` and the reason: once the audience is decided, each candidate is there exactly once. No address is in it.",
  security,
  request: {
    params: IdPath,
    query: Page.extend({ status: z.enum(LEDGER_STATUSES).optional(), include: z.literal("excluded").optional() }),
  },
  responses: {
    200: {
      description: "A page, or the whole ledger.",
      content: {
        "application/json": { schema: z.object({ deliveries: z.array(Delivery), next: Next }) },
        [CSV]: { schema: z.string() },
        [JSON_LINES]: { schema: z.string() },
      },
    },
    ...problems(404, 422),
  },
});

/** The ledgers of digests. */
export function deliveryRoutes(ctx: Context): Api {
  const api = newApi();
  api.openapi({ ...deliveries, middleware: requireRole(ctx, "viewer") }, async (c) => {
    const { id } = c.req.valid("param");
    const { cursor, limit, status = null, include } = c.req.valid("query");
    const wanted: Wanted = { status, excluded: include === "excluded" };
    const supports = ["application/json", CSV, JSON_LINES, "application/jsonl"];
    const type = accepts(c, { header: "Accept", supports, default: "application/json" });
    if (type === "application/json") {
      const { lines, next } = await ledgerPage(ctx, id, { ...wanted, place: readPlace(cursor), limit });
      return c.json({ deliveries: lines, next: next && toCursor(sayPlace(next)) }, 200);
    }
    await ledgerPage(ctx, id, { limit: 1 });
    if (type === CSV) return streamed(ctx, asCsv(ctx, id, wanted), attachment(CSV, `deliveries-${id}.csv`));
    return streamed(ctx, asJsonLines(ctx, id, wanted), attachment(type, `deliveries-${id}.jsonl`));
  });
  return api;
}

type Wanted = Pick<LedgerOptions, "status" | "excluded">;

/** `e` stands before a place among those who were left out. */
function sayPlace({ part, after }: LedgerPlace): string {
  return part === "excluded" ? `e${after}` : `${after}`;
}

function readPlace(cursor: string | undefined): LedgerPlace | null {
  const [letter, after] = readCursorAs(cursor, /^(e?)(\d{1,15})$/) ?? [];
  return after === undefined ? null : { part: letter === "e" ? "excluded" : "deliveries", after: Number(after) };
}

async function* pages(ctx: Context, id: string, wanted: Wanted) {
  let place: LedgerPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof ledgerPage>> = await ledgerPage(ctx, id, { ...wanted, place, limit: ROWS });
    if (page.lines.length > 0) yield page.lines;
    place = page.next;
  } while (place !== null);
}

/** Lines end as RFC 4180 has it, and a field that a spreadsheet would take for a formula is quoted by an apostrophe. */
async function* asCsv(ctx: Context, id: string, wanted: Wanted): AsyncGenerator<string> {
  yield `${COLUMNS.join(",")}\r\n`;
  for await (const lines of pages(ctx, id, wanted))
    yield stringify(lines, { columns: [...COLUMNS], escape_formulas: true, record_delimiter: "windows" });
}

async function* asJsonLines(ctx: Context, id: string, wanted: Wanted): AsyncGenerator<string> {
  for await (const lines of pages(ctx, id, wanted)) yield lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}
