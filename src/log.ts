import { type Logger, pino } from "pino";
import { scrub } from "./scrub.ts";

/** A log that no address and no reader's token gets into, whatever an error says. */
export function createLog(level: string): Logger {
  return pino({
    level,
    redact: ["*.email", "*.address", "*.to", "*.token", "email", "address", "to", "token", "*.authorization"],
    serializers: { err: (error: unknown) => scrub(pino.stdSerializers.err(error as Error)) },
  });
}
