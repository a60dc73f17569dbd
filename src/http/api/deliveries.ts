import { createRoute } from "@hono/zod-openapi";
import { stringify } from "csv-stringify/sync";
import { accepts } from "hono/accepts";
import type { Context } from "../../context.ts";
import { DELIVERY_STATUSES } from "../../delivery/index.ts";
import { deliveriesPage, getDigest } from "../../digests/index.ts";
import { requireRole } from "./auth.ts";
import { IdPath, problems, security } from "./describe.ts";
import { Delivery } from "./digest-shapes.ts";
import { type Api, newApi, z } from "./env.ts";
import { Next, Page, readCursor, toCursor } from "./paging.ts";
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
  summary: "The ledger of a digest: state and reason of every delivery",
  description: "JSON in pages, or by `Accept` the whole of it as CSV or JSON lines. No address is in it.",
  security,
  request: { params: IdPath, query: Page.extend({ status: z.enum(DELIVERY_STATUSES).optional() }) },
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
    const { cursor, limit, status = null } = c.req.valid("query");
    const supports = ["application/json", CSV, JSON_LINES, "application/jsonl"];
    const type = accepts(c, { header: "Accept", supports, default: "application/json" });
    if (type === "application/json") {
      const page = await deliveriesPage(ctx, id, { after: readCursor(cursor) ?? 0, limit, status });
      return c.json({ deliveries: page.deliveries, next: toCursor(page.next) }, 200);
    }
    await getDigest(ctx, id);
    if (type === CSV) return streamed(ctx, asCsv(ctx, id, status), attachment(CSV, `deliveries-${id}.csv`));
    return streamed(ctx, asJsonLines(ctx, id, status), attachment(type, `deliveries-${id}.jsonl`));
  });
  return api;
}

type Status = (typeof DELIVERY_STATUSES)[number] | null;

async function* pages(ctx: Context, id: string, status: Status) {
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof deliveriesPage>> = await deliveriesPage(ctx, id, {
      after,
      limit: ROWS,
      status,
    });
    if (page.deliveries.length > 0) yield page.deliveries;
    after = page.next;
  }
}

async function* asCsv(ctx: Context, id: string, status: Status): AsyncGenerator<string> {
  yield `${COLUMNS.join(",")}\n`;
  for await (const rows of pages(ctx, id, status))
    yield stringify(rows, { columns: [...COLUMNS], escape_formulas: true });
}

async function* asJsonLines(ctx: Context, id: string, status: Status): AsyncGenerator<string> {
  for await (const rows of pages(ctx, id, status)) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}
