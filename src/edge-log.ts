import type { Log } from "./log-port.ts";
import { scrub } from "./scrub.ts";

/** A line of JSON on the runtime's console, clean of addresses and tokens. */
function line(level: "debug" | "info" | "warn" | "error") {
  return (data: object, message: string) => {
    const words = Object.entries(data).map(([name, value]) => [
      name,
      value instanceof Error ? String(value.stack) : value,
    ]);
    console[level](JSON.stringify(scrub({ level, ...Object.fromEntries(words), msg: message })));
  };
}

export const edgeLog: Log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
