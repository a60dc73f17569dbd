import { createGuardedFetch } from "./articles/guarded-fetch.ts";
import { type Config, readEnv, toConfig } from "./config.ts";
import { type Context, createContext } from "./context.ts";
import { migrate } from "./db/migrate.ts";
import { openDatabase } from "./db/open.ts";
import { createLog } from "./log.ts";
import type { Mailer } from "./mail/mailer.ts";
import { openMailer } from "./mail/open.ts";
import { createNodePost } from "./mail/post-by-node.ts";
import { openQueue } from "./queue/open.ts";
import type { Queue } from "./queue/queue.ts";
import { withTrialKeys } from "./trial-keys.ts";
import { openVault } from "./vault/index.ts";

/** The configuration of a Node process: the environment, and on a trial installation the keys of its own file. */
export function nodeConfig(): Config {
  return withTrialKeys(toConfig(readEnv()));
}

/** The context of a Node process. Throws `InvalidError` when the environment is wrong. */
export function openContext(config: Config = nodeConfig()): Promise<Context> {
  return createContext(config, {
    log: createLog(config.logLevel),
    fetchPage: createGuardedFetch({ allowPrivate: config.fetchPrivate }),
    post: createNodePost(),
  });
}

/** The queue alone, to be looked at while other parts may be out of order. */
export function openQueueAlone(config: Config): Promise<Queue> {
  return openQueue(config.queue, { onError: () => undefined });
}

/** The mail transport alone, to be looked at; one that sends keeps nothing, so an empty store will do for it. */
export async function openMailerAlone(config: Config): Promise<Mailer> {
  const store = await openDatabase({ engine: "sqlite", path: ":memory:" });
  await migrate(store);
  const vault = await openVault({ database: store, dataKeys: config.dataKeys, clock: Date.now });
  return openMailer(config.mail, { db: store.db, vault, clock: Date.now });
}
