import { AppError } from "./errors.ts";

/** A process that does not end by itself within this time after being asked to is ended. */
const GRACE_MS = 60_000;

/**
 * Runs a Node entry: `start` gives what ends it gracefully, called at SIGTERM or SIGINT. A configuration that is wrong
 * ends the process with one line on standard error and exit code 1.
 */
export async function runUntilStopped(start: () => Promise<() => Promise<void>>): Promise<void> {
  try {
    const stop = await start();
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.once(signal, () => {
        setTimeout(() => process.exit(1), GRACE_MS).unref();
        stop().then(
          () => process.exit(0),
          (error) => {
            console.error(error);
            process.exit(1);
          },
        );
      });
    }
  } catch (error) {
    console.error(error instanceof AppError ? error.message : error);
    process.exit(1);
  }
}
