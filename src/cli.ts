import { startWorkers } from "../workers/start.ts";
import { runCli } from "./cli/index.ts";

/** The operator's tool. Exit codes: 0 done, 1 refused or failed, 2 not understood. */
process.exitCode = await runCli(process.argv.slice(2), { startWorkers, out: console.log, err: console.error });
