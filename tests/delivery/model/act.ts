import type fc from "fast-check";
import { restDiffers } from "./compare.ts";
import { follow } from "./follow.ts";
import type { Oracle } from "./oracle.ts";
import type { Life, World } from "./world.ts";

/** What somebody does; numbers choose among what there is. */
export type Act = fc.AsyncCommand<Oracle, World>;

/** A command that does this and then looks whether everything is as it must be. */
export function act(name: string, run: (life: Life) => Promise<void>): Act {
  return {
    check: () => true,
    run: async (oracle, world) => {
      await run({ world, oracle });
      // A server's answers take their time: there only the letters are looked at after each step, the rest at rest.
      await expectSound({ world, oracle }, world.ctx.engine.name === "sqlite");
    },
    toString: () => name,
  };
}

/** Throws everything that is not as the oracle says; `whole`: of readers, consent, counts and suppressions too. */
export async function expectSound(life: Life, whole = true): Promise<void> {
  await follow(life);
  const { oracle, world } = life;
  const faults = [...oracle.faults, ...(whole ? await restDiffers(world.ctx, oracle) : [])];
  if (faults.length > 0) throw new Error([...new Set(faults)].join("\n"));
}

export function pick<T>(list: readonly T[], place: number): T | undefined {
  return list[place % Math.max(1, list.length)];
}
