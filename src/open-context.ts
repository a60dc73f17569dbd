import { createGuardedFetch } from "./articles/guarded-fetch.ts";
import { type Config, readEnv, toConfig } from "./config.ts";
import { type Context, createContext } from "./context.ts";
import { createLog } from "./log.ts";
import { withTrialKeys } from "./trial-keys.ts";

/** The configuration of a Node process: the environment, and on a trial installation the keys of its own file. */
export function nodeConfig(): Config {
  return withTrialKeys(toConfig(readEnv()));
}

/** The context of a Node process. Throws `InvalidError` when the environment is wrong. */
export function openContext(config: Config = nodeConfig()): Promise<Context> {
  return createContext(config, {
    log: createLog(config.logLevel),
    fetchPage: createGuardedFetch({ allowPrivate: config.fetchPrivate }),
  });
}
