import { type Child, startChild } from "../support/child.ts";
import type { QueueName } from "../support/installation.ts";
import { freePort } from "../support/services/server.ts";

/** The process that sends, replaced whenever it dies. */
export interface Worker {
  /** Where the platform answers, when the worker is the whole of it. */
  port: number;
  /** SIGKILL, then a new process at once; does not wait until that one works. */
  killAndRestart(): Promise<void>;
  /** Lets it finish what it does. */
  stop(): Promise<void>;
}

/** With the in-process queue the whole platform is the worker. */
export async function keepWorking(env: Record<string, string>, queue: QueueName): Promise<Worker> {
  const program = queue === "memory" ? "src/main.ts" : "workers/main.ts";
  const port = await freePort();
  const all = { ...env, PORT: String(port) };
  let child: Child = startChild(program, all);
  return {
    port,
    killAndRestart: async () => {
      await child.kill("SIGKILL");
      child = startChild(program, all);
    },
    stop: () => child.kill("SIGTERM"),
  };
}
