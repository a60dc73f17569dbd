import { inject } from "vitest";
import { createGuardedFetch } from "../../src/articles/guarded-fetch.ts";
import { listEvents } from "../../src/articles/index.ts";
import { askPoll, followSource, getSource, sweepSources } from "../../src/sources/index.ts";
import { type TestContext, type TestContextOptions, testContext } from "../support/context.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface Follower extends TestContext {
  /** Follows an address, and takes in what it names. */
  follow(url: string, backfill?: boolean): Promise<string>;
  /** What a worker does by the clock. */
  sweep(): Promise<void>;
  /** What an editor asks for. */
  poll(uid: string): Promise<void>;
  source(uid: string): ReturnType<typeof getSource>;
  /** Every event so far, as "kind slug". */
  events(): Promise<string[]>;
}

/** An installation that may read this machine, without pauses. */
export async function openFollower(
  options: TestContextOptions & { database?: never; on?: "sqlite" | "postgres" } = {},
): Promise<Follower> {
  const { on = "sqlite", env, ...rest } = options;
  const test = await testContext({
    fetchPage: createGuardedFetch({ allowPrivate: true }),
    ...rest,
    env: {
      SOURCE_PAUSE_SECONDS: "0",
      ...(on === "postgres" ? { DATABASE_URL: await freshDatabaseUrl(inject) } : {}),
      ...env,
    },
  });
  const { ctx } = test;
  return {
    ...test,
    follow: async (url, backfill = true) => {
      const { uid } = await followSource(ctx, { url, backfill });
      await test.work();
      return uid;
    },
    sweep: async () => {
      await sweepSources(ctx);
      await test.work();
    },
    poll: async (uid) => {
      await askPoll(ctx, uid);
      await test.work();
    },
    source: (uid) => getSource(ctx, uid),
    events: async () => (await listEvents(ctx)).map(({ kind, slug }) => `${kind} ${slug}`),
  };
}
