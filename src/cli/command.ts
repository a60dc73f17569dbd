import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import type { QueueWorker } from "../queue/queue.ts";

/** Options that commands know; each names those it takes. */
export const OPTIONS = {
  json: { type: "boolean" },
  url: { type: "string" },
  backfill: { type: "boolean" },
  "no-backfill": { type: "boolean" },
  events: { type: "string" },
  subject: { type: "string" },
  wait: { type: "boolean" },
  role: { type: "string" },
  force: { type: "boolean" },
  locale: { type: "string" },
  stop: { type: "boolean" },
  ledgers: { type: "boolean" },
} as const;
export type OptionName = keyof typeof OPTIONS;
export type OptionValues = {
  [name in OptionName]?: (typeof OPTIONS)[name]["type"] extends "string" ? string : boolean;
};

/** What a command is given. */
export interface Call {
  /** What stands after the command's name, as many as `args` asks for. */
  args: string[];
  options: OptionValues;
  /** Opens the context once; it is closed after the command. */
  open(): Promise<Context>;
  config(): Config;
  startWorkers(ctx: Context): Promise<QueueWorker>;
  /** A line for a person, while it goes on. */
  say(line: string): void;
}

/** What a command ends with: an object for programs and lines for people. */
export interface Result {
  json: Record<string, unknown>;
  lines: string[];
  /** Whether it ended badly all the same. */
  failed?: boolean;
}

export interface Command {
  /** Two words at most. */
  name: string;
  /** Names of what must follow; one in brackets may be left out. */
  args: string[];
  options: OptionName[];
  about: string;
  run(call: Call): Promise<Result>;
}

/** The input of a command was not understood; the usage is shown with it. */
export class UsageError extends Error {}
