import type { Context } from "../context.ts";
import { nudge, transaction } from "../db/transaction.ts";
import { LimitedError } from "../errors.ts";
import { parse } from "../parse.ts";
import { checkTopics } from "../topics/index.ts";
import { readAddress } from "./address.ts";
import { ipRange } from "./ip-range.ts";
import { takeRequestJob } from "./jobs.ts";
import { HOUR_MS, hit } from "./limit.ts";
import { insertRequest } from "./queries.ts";
import { SubscriptionRequest } from "./schemas.ts";

/** The door a sign-up came through, and the visitor's IP address if the door knows it. */
export interface Visit {
  form: "form" | "api" | "embed";
  ip: string | null;
}

/** What a request holds besides the address. */
export type Wishes = Omit<SubscriptionRequest, "email"> & { form: Visit["form"] };

/**
 * Takes a sign-up and answers before anything about the address is looked up: for a new, pending, active, departed or
 * suppressed one the same row is written in the same time. A worker decides what follows. Throws `InvalidError` for an
 * address or choice that cannot be, `LimitedError` when too many come from one IP range.
 */
export async function requestSubscription(ctx: Context, input: unknown, visit: Visit): Promise<{ status: "pending" }> {
  const { email, ...wishes } = parse(SubscriptionRequest, input);
  const { address, canonical } = readAddress(email);
  await checkTopics(ctx.db, wishes.topics);
  await limitRange(ctx, visit.ip);
  await transaction(ctx, async (tx) => {
    const id = await insertRequest(tx.db, {
      address: tx.vault.seal(address),
      address_index: tx.vault.index(canonical),
      request: JSON.stringify({ ...wishes, form: visit.form } satisfies Wishes),
      requested_at: tx.clock(),
    });
    await nudge(tx, takeRequestJob(id), { priority: 1 });
  });
  return { status: "pending" };
}

async function limitRange(ctx: Context, ip: string | null): Promise<void> {
  const wait = await hit(ctx, {
    purpose: "sign-ups from range",
    value: ip === null ? "unknown" : ipRange(ip),
    max: ctx.config.limits.signupsPerRange,
    windowMs: HOUR_MS,
  });
  if (wait === 0) return;
  throw new LimitedError("Too many sign-ups came from this network. Please try again later.", Math.ceil(wait / 1000));
}
