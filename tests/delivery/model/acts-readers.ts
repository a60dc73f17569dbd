import fc from "fast-check";
import { transaction } from "../../../src/db/transaction.ts";
import { NotFoundError } from "../../../src/errors.ts";
import {
  confirm,
  eraseSelf,
  liftSuppressionOf,
  refuseRequest,
  requestSubscription,
  unsubscribe,
  updatePreferences,
} from "../../../src/subscribers/index.ts";
import { suppress } from "../../../src/suppression/index.ts";
import { type Act, act, pick } from "./act.ts";
import { TOPICS } from "./oracle.ts";
import {
  type Change,
  changeWishes,
  pressConfirm,
  pressErase,
  pressLeave,
  pressNotMe,
  suppressAddress,
} from "./oracle-readers.ts";
import type { Held, Life, Purpose } from "./world.ts";

const ADDRESSES = 6;
const topics = fc.subarray(TOPICS.toSorted());
const cadence = fc.constantFrom("immediate" as const, "weekly" as const);
const at = fc.nat(30);

/** Somebody uses a link they were sent, the newest ones more often. */
function withLink(purpose: Purpose, name: string, use: (life: Life, held: Held) => Promise<void>): fc.Arbitrary<Act> {
  return at.map((place) =>
    act(`${name} ${place}`, async (life) => {
      const held = pick(life.world.held[purpose].toReversed(), place);
      if (held) await use(life, held);
    }),
  );
}

const signUp = fc.record({ who: fc.nat(ADDRESSES - 1), topics, cadence }).map(({ who, ...wishes }) =>
  act(`sign up ${who} ${JSON.stringify(wishes)}`, async ({ world: { ctx }, oracle }) => {
    const address = `reader${who}@example.org`;
    await requestSubscription(ctx, { email: address, ...wishes }, { form: "form", ip: null });
    const rows = await ctx.db.selectFrom("subscription_request").select("id").orderBy("id", "desc").execute();
    oracle.requests.set(rows[0]?.id ?? 0, { address, ...wishes });
  }),
);

const press = withLink("confirm", "confirm", async ({ world: { ctx }, oracle }, { reader, token, issuedAt }) => {
  const expected = pressConfirm(oracle, reader, issuedAt);
  const { outcome } = await confirm(ctx, token);
  if (outcome !== expected) oracle.faults.push(`confirming gives ${outcome} instead of ${expected}`);
});

const notMe = withLink("not-me", "not me", async ({ world: { ctx }, oracle }, { reader, token }) => {
  pressNotMe(oracle, reader);
  if (!(await refuseRequest(ctx, token))) oracle.faults.push("a genuine not-me link is none");
});

/** As the header's one click when one-click, else as the page's button. */
const leave = fc.boolean().chain((oneClick) =>
  withLink("unsubscribe", `leave ${oneClick}`, async ({ world: { ctx }, oracle }, { reader, token }) => {
    const form = oneClick ? "one-click" : "page";
    pressLeave(oracle, reader, form);
    if (!(await unsubscribe(ctx, token, form))) oracle.faults.push("a genuine link to leave is none");
  }),
);

const erase = withLink("preferences", "erase", ({ world: { ctx }, oracle }, { reader, token }) =>
  expectFound(oracle, pressErase(oracle, reader), () => eraseSelf(ctx, token)),
);

const change: fc.Arbitrary<Act> = fc
  .record({ topics, cadence, discreet: fc.boolean(), pauseWeeks: fc.constantFrom(undefined, undefined, 0, 1) })
  .chain((wishes: Change) =>
    withLink("preferences", `change ${JSON.stringify(wishes)}`, ({ world: { ctx }, oracle }, { reader, token }) =>
      expectFound(oracle, changeWishes(oracle, reader, wishes), () => updatePreferences(ctx, token, wishes)),
    ),
  );

async function expectFound(oracle: Life["oracle"], expected: boolean, use: () => Promise<unknown>): Promise<void> {
  try {
    await use();
    if (!expected) oracle.faults.push("a link opens what is closed");
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    if (expected) oracle.faults.push("a link does not open what it should");
  }
}

/** An operator's hand: an address must not be mailed, or may be again. Nobody is subscribed by that. */
const ban = fc.nat(ADDRESSES - 1).map((who) =>
  act(`ban ${who}`, async ({ world: { ctx }, oracle }) => {
    const address = `reader${who}@example.org`;
    const was = oracle.suppressed.delete(address);
    const lifted = await liftSuppressionOf(ctx, address);
    if (was !== lifted) oracle.faults.push(`lifting gives ${lifted} instead of ${was}`);
    if (was) return;
    suppressAddress(oracle, address, "manual");
    await transaction(ctx, (tx) => suppress(tx, ctx.vault.index(address), "manual"));
  }),
);

export const readerActs = { signUp, press, notMe, leave, erase, change, ban };
