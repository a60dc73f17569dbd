import { startWorkers } from "../workers/start.ts";
import { createApp } from "./app.ts";
import { runDemo } from "./demo/index.ts";

/** The main job without a browser, on embedded defaults in a folder that is gone afterwards. Exit code 1: a step failed. */
process.exitCode = await runDemo(process.argv.slice(2), { createApp, startWorkers, say: console.log });
