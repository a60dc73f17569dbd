import type { Config } from "../config.ts";
import { createMemoryQueue } from "./memory.ts";
import type { Queue } from "./queue.ts";

/** What an opened queue needs from outside. */
export interface OpenQueueOptions {
  /** Told of lost connections and of whatever else goes wrong between jobs. */
  onError: (error: unknown) => void;
}

/**
 * Opens the queue that the configuration names.
 * @throws Error `[queue] [redis] …` or `[queue] [postgres] …` when its server does not answer within five seconds.
 */
export async function openQueue(config: Config["queue"], options: OpenQueueOptions): Promise<Queue> {
  if (config.driver === "memory") return createMemoryQueue();
  // Loaded only here: the embedded default needs none of it.
  const { createBullQueue } = await import("./bullmq.ts");
  return createBullQueue({ ...config, ...options });
}
