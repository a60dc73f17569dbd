import fc from "fast-check";
import { type Act, act, beginLife, settleLife } from "./correction-life.ts";
import { findFaults } from "./correction-oracle.ts";
import { closeWorlds, openWorld } from "./correction-world.ts";

const at = fc.nat(99);
const says = fc.array(fc.boolean(), { minLength: 2, maxLength: 2 });
/** What may happen, the most likely first of all: that somebody works. */
export const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("publish"), article: fc.nat(1), says, reviewed: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("join"), topics: fc.nat(2), immediate: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("leave", "suppress", "wander", "wander", "refuse", "refuse"),
      reader: at,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("draft"), picked: fc.option(fc.nat(255)), daily: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("mark"),
      article: fc.nat(1),
      version: at,
      passage: fc.option(fc.nat(1)),
      beside: fc.nat(3),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant("work"), jobs: fc.nat(4), from: at, together: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("fault"), kind: at }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("pause", "resume", "resume", "cancel", "retry", "retry"), digest: at }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sweep") }) },
) as fc.Arbitrary<Act>;

/** Something to tell, somebody to tell it to, and a digest on its way. */
const BEGINNING: Act[] = [
  { do: "join", topics: 0, immediate: false },
  { do: "join", topics: 1, immediate: false },
  { do: "join", topics: 0, immediate: true },
  { do: "publish", article: 0, says: [true, true], reviewed: true },
  { do: "publish", article: 1, says: [true, false], reviewed: true },
  { do: "draft", picked: null, daily: false },
];

/** Lets all of it happen, then come to its end, and gives what is not as the rules say. */
export async function play(list: Act[], engine = "sqlite"): Promise<string[]> {
  const world = await openWorld(engine);
  try {
    const mailer = { ...world.ctx.mailer, maxBatch: 2 };
    const life = beginLife({ ...world, ctx: { ...world.ctx, mailer } });
    for (const what of [...BEGINNING, ...list]) await act(life, what);
    await settleLife(life);
    return await findFaults(life);
  } finally {
    await closeWorlds();
  }
}
