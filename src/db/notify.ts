import { sql } from "kysely";
import { type AddOptions, byLane, DEFAULT_PRIORITY, type Job, type Queue } from "../queue/queue.ts";
import type { Db } from "./database.ts";

const NOTHING = { waiting: 0, delayed: 0, active: 0 };

/**
 * The queue of a process that has none in reach: the row is the nudge, and a NOTIFY wakes the workers that listen on the
 * same PostgreSQL. What nobody hears, the sweep finds. It takes no work itself.
 */
export function notifyingQueue(db: () => Db, channel: string): Queue {
  const addMany = async (jobs: Job[], options: AddOptions = {}) => {
    const texts = jobs.map(({ name, key }) => `${name} ${key} ${options.priority ?? DEFAULT_PRIORITY}`);
    await sql`select pg_notify(${channel}, text) from unnest(${texts}::text[]) as text`.execute(db());
  };
  return {
    driver: "postgres",
    add: (job, options) => addMany([job], options),
    addMany,
    schedule: async () => undefined,
    limit: async () => undefined,
    work: () => Promise.reject(new Error("[queue] [notify] this process takes no work")),
    depth: async () => byLane(() => NOTHING),
    ping: async () => undefined,
    close: async () => undefined,
  };
}
