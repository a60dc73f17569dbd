import type { Context } from "../src/context.ts";
import { BUILD_JOB } from "../src/digests/index.ts";

const SWEEP_MS = 10_000;
const BUILD_MS = 60_000;
const PURGE_MS = 3_600_000;

/** Declares what repeats. Done at boot and by every sweep, since a flushed queue forgets it. */
export async function declareSchedules({ queue }: Context): Promise<void> {
  await queue.schedule({ name: "sweep", key: "rows" }, SWEEP_MS);
  await queue.schedule(BUILD_JOB, BUILD_MS);
  await queue.schedule({ name: "sweep", key: "purge" }, PURGE_MS);
}
