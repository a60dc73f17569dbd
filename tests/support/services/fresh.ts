import { randomBytes } from "node:crypto";
import type { inject } from "vitest";
import { createDatabase } from "./postgres.ts";
import { nextRedisDatabase } from "./redis.ts";

/** A new, empty PostgreSQL database of the run's server. Takes vitest's `inject`. */
export function freshDatabaseUrl(provided: typeof inject): Promise<string> {
  return createDatabase(provided("postgresUrl"), `${provided("testRun")}_${randomBytes(5).toString("hex")}`);
}

/** An empty Redis database of the run's server. `FLUSHALL` reaches the others: who flushes takes `startRedis()`. */
export function freshRedisUrl(provided: typeof inject): Promise<string> {
  return nextRedisDatabase(provided("redisUrl"));
}
