import type { Context } from "../../src/context.ts";
import { addressOf } from "../support/editions.ts";
import { seeded } from "../support/resend-double/random.ts";
import { type AddressRule, type Behaviour, behaviourOf, defaults } from "../support/resend-double/settings.ts";

/** Who is who in a run: drawn from the seed alone, before anything happens. */
export interface Cast {
  /** Readers who are there from the start, by address. */
  readers: Map<string, Standing>;
  /** What the provider does with addresses. */
  rules: AddressRule[];
  /** What it does with this one. */
  behaviour(address: string): Behaviour;
}

/** How a reader stands when the digest is triggered. */
export type Standing = "reading" | "suppressed" | "paused";

/** Of this share of readers, and of so many at most, the provider tells what became of their letter. */
const TOLD_SHARE = 0.25;
const TOLD = 1000;
/** Each refused address costs some fifteen requests. */
const REFUSED = 8;
/** Of the readers whom the provider tells of, those whose letter meets each end. The rest get theirs. */
const ENDS: [Behaviour, number][] = [
  ["bounced", 0.06],
  ["bounced-soft", 0.06],
  ["complained", 0.06],
  ["delayed", 0.1],
  ["suppressed", 0.04],
  ["failed", 0.04],
];
const AWAY = 0.005;

export function drawCast(subscribers: number, seed: number): Cast {
  const draw = seeded(seed + 3);
  const standing = (): Standing => {
    const at = draw();
    return at < AWAY ? "suppressed" : at < 2 * AWAY ? "paused" : "reading";
  };
  const readers = new Map<string, Standing>();
  for (let number = 1; number <= subscribers; number += 1) readers.set(addressOf(number), standing());
  const rules = rulesFor(subscribers);
  return { readers, rules, behaviour: (address) => behaviourOf({ ...defaults, addresses: rules, seed }, address) };
}

/** The double draws one number an address and takes the first rule it is below: shares add up. */
function rulesFor(subscribers: number): AddressRule[] {
  const told = Math.min(TOLD_SHARE, TOLD / subscribers);
  let below = Math.min(0.01, REFUSED / subscribers);
  const match = "^reader\\d+@";
  const rules: AddressRule[] = [{ match, as: "refused", share: below }];
  for (const [as, share] of ENDS) {
    below += share * told;
    rules.push({ match, as, share: below });
  }
  rules.push({ match, as: "delivered", share: told }, { match, as: "silent" });
  return rules;
}

const PAUSED_MS = 86_400_000;
const PAGE = 500;

/** Tells the database of those who are suppressed or paused. */
export async function placeCast(ctx: Context, { readers }: Cast): Promise<void> {
  const indexes = (wanted: Standing) =>
    [...readers].filter(([, standing]) => standing === wanted).map(([address]) => ctx.vault.index(address));
  for (const page of pages(indexes("suppressed"))) {
    const rows = page.map((address_index) => ({ address_index, reason: "manual" as const, created_at: ctx.clock() }));
    await ctx.db.insertInto("suppression").values(rows).execute();
  }
  for (const page of pages(indexes("paused"))) {
    const change = { paused_until: ctx.clock() + PAUSED_MS };
    await ctx.db.updateTable("subscriber").set(change).where("address_index", "in", page).execute();
  }
}

function* pages(list: string[]): Iterable<string[]> {
  for (let at = 0; at < list.length; at += PAGE) yield list.slice(at, at + PAGE);
}
