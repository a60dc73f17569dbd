import type { Context } from "../../src/context.ts";
import type { Cast } from "./cast.ts";
import type { Evidence } from "./evidence.ts";

export interface OracleVerdict {
  /** Deliveries whose status is not what the notices about them come to. */
  misjudged: number;
  /** Addresses that bounced for good or complained, and may be mailed all the same. */
  unsuppressed: number;
  /** Addresses that may not be mailed though nothing happened. */
  oversuppressed: number;
}

/** How far each notice carries a delivery; the furthest counts, in whatever order they came. */
const REACH: Record<string, readonly [reach: number, status: string]> = {
  "email.sent": [1, "submitted"],
  "email.delivery_delayed": [1, "submitted"],
  "email.failed": [2, "failed"],
  "email.delivered": [3, "delivered"],
  "email.bounced": [4, "bounced"],
  "email.suppressed": [4, "bounced"],
  "email.complained": [5, "complained"],
};

/** Says from the notices alone, of which nothing else is known, how the deliveries and readers must stand. */
export async function judgeNotices(ctx: Context, evidence: Evidence, cast: Cast): Promise<OracleVerdict> {
  const expected = new Map<number, readonly [number, string]>();
  for (const delivery of evidence.deliveryOf.values()) expected.set(delivery, [1, "submitted"]);
  const dead = new Set([...cast.readers].flatMap(([address, how]) => (how === "suppressed" ? [address] : [])));
  for (const { message, to, type, bounce } of evidence.notices) {
    const delivery = evidence.deliveryOf.get(message);
    const step = REACH[type];
    if (delivery === undefined || !step) continue;
    if (step[0] > (expected.get(delivery)?.[0] ?? 0)) expected.set(delivery, step);
    const lasting = bounce === "Permanent" || type === "email.complained" || type === "email.suppressed";
    if (lasting) dead.add(to);
  }
  const suppressed = await suppressedIndexes(ctx);
  const indexes = new Set([...dead].map((address) => ctx.vault.index(address)));
  return {
    misjudged: await misjudged(ctx, expected),
    unsuppressed: [...indexes].filter((index) => !suppressed.has(index)).length,
    oversuppressed: [...suppressed].filter((index) => !indexes.has(index)).length,
  };
}

async function misjudged(ctx: Context, expected: Map<number, readonly [number, string]>): Promise<number> {
  const rows = await ctx.db.selectFrom("delivery").select(["id", "status"]).execute();
  return rows.filter(({ id, status }) => {
    const due = expected.get(id)?.[1];
    return due === undefined ? !["skipped", "failed"].includes(status) : status !== due;
  }).length;
}

async function suppressedIndexes(ctx: Context): Promise<Set<string>> {
  const rows = await ctx.db.selectFrom("suppression").select("address_index").where("lifted_at", "is", null).execute();
  return new Set(rows.map((row) => row.address_index));
}
