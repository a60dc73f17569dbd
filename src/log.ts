import { type Logger, pino } from "pino";

const ADDRESS = /[^\s"'<>()[\]{},;:=]+@[^\s"'<>()[\]{},;:=]+/g;
const TOKEN = /[A-Za-z0-9_-]{59}/g;

/** A log that no address and no reader's token gets into, whatever an error says. */
export function createLog(level: string): Logger {
  return pino({
    level,
    redact: ["*.email", "*.address", "*.to", "*.token", "email", "address", "to", "token", "*.authorization"],
    serializers: { err: (error: unknown) => scrub(pino.stdSerializers.err(error as Error)) },
  });
}

function scrub<T>(value: T): T {
  if (typeof value === "string") return value.replace(ADDRESS, "[address]").replace(TOKEN, "[token]") as T;
  if (Array.isArray(value)) return value.map(scrub) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scrub(inner)])) as T;
}
