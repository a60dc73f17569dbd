import { randomBytes } from "node:crypto";
import type { TestProject } from "vitest/node";
import { findChromium } from "./services/chromium.ts";
import { dropDatabases, openPostgres } from "./services/postgres.ts";
import { needPrograms } from "./services/programs.ts";
import { openRedis } from "./services/redis.ts";
import type { Server } from "./services/server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    redisUrl: string;
    postgresUrl: string;
    chromiumPath: string;
    /** Beginning of the names of this run's databases. */
    testRun: string;
  }
}

/** Brings up what the tests need, once for the run, and takes it down after. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  installTogether();
  const testRun = `newsletter_test_${randomBytes(3).toString("hex")}`;
  const chromium = findChromium();
  const [redis, postgres] = await openBoth();
  console.log(`Redis ${redis.version} at ${shown(redis)}, PostgreSQL ${postgres.version} at ${shown(postgres)}`);
  console.log(`Chromium ${chromium.version} at ${chromium.path}`);
  project.provide("redisUrl", redis.url);
  project.provide("postgresUrl", postgres.url);
  project.provide("chromiumPath", chromium.path);
  project.provide("testRun", testRun);
  return async () => {
    await dropDatabases(postgres.url, testRun);
    await Promise.all([redis.close(), postgres.close()]);
  };
}

/** One installation for everything that is missing and not named by a variable. */
function installTogether(): void {
  const { REDIS_URL, TEST_DATABASE_URL, CHROMIUM_PATH } = process.env;
  needPrograms([
    ...(REDIS_URL ? [] : (["redis-server"] as const)),
    ...(TEST_DATABASE_URL ? [] : (["postgres"] as const)),
    ...(CHROMIUM_PATH ? [] : (["chromium"] as const)),
  ]);
}

async function openBoth(): Promise<[Server, Server]> {
  const redis = await openRedis();
  try {
    return [redis, await openPostgres()];
  } catch (error) {
    await redis.close();
    throw error;
  }
}

/** Where a server is, without the password its URL may carry. */
function shown(server: Server): string {
  const place = `${new URL(server.url).host}`;
  return server.dir ? `${place} (started here)` : `${place} (named by the environment)`;
}
