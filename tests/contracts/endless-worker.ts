import { createBullQueue } from "../../src/queue/bullmq.ts";
import { handlersOf, workOptions } from "./queue-handlers.ts";

/** A worker process that says which job it started and never finishes it. */
const [driver, url = "", prefix = ""] = process.argv.slice(2);
const queue = await createBullQueue({
  driver: driver === "postgres" ? "postgres" : "redis",
  url,
  prefix,
  onError: (error) => console.error(error),
});
const endless = async (key: string) => {
  console.log(`started ${key}`);
  await new Promise((resolve) => setTimeout(resolve, 600_000));
  return undefined;
};
await queue.work(handlersOf({ "plan-digest": endless }), workOptions());
