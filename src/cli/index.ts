import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import type { Context } from "../context.ts";
import { AppError } from "../errors.ts";
import { nodeConfig, openContext } from "../open-context.ts";
import type { QueueWorker } from "../queue/queue.ts";
import { type Call, type Command, OPTIONS, type OptionName, type OptionValues, UsageError } from "./command.ts";
import { COMMANDS } from "./commands.ts";

/** What the program lends its commands. */
export interface Surroundings {
  startWorkers(ctx: Context): Promise<QueueWorker>;
  out(line: string): void;
  err(line: string): void;
}

/** Runs one command line and gives the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function runCli(argv: string[], around: Surroundings): Promise<number> {
  try {
    if (argv.length === 0 || argv.includes("--help") || argv[0] === "help") {
      around.out(usage());
      return argv.length === 0 ? 2 : 0;
    }
    return await runCommand(understand(argv), around);
  } catch (error) {
    if (error instanceof UsageError) {
      around.err(`${error.message}\n\n${usage()}`);
      return 2;
    }
    around.err(error instanceof AppError ? error.message : String(error instanceof Error ? error.stack : error));
    if (argv.includes("--json")) around.out(JSON.stringify({ error: told(error) }));
    return 1;
  }
}

/** A failure as scripts read it. */
function told(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: "unexpected", message: error instanceof Error ? error.message : String(error) };
}

interface Understood {
  command: Command;
  args: string[];
  options: OptionValues;
}

function understand(argv: string[]): Understood {
  const { values, positionals } = parse(argv);
  const command = COMMANDS.find(({ name }) => name.split(" ").every((word, place) => positionals[place] === word));
  if (!command) throw new UsageError(`There is no command ${positionals.slice(0, 2).join(" ")}.`);
  const args = positionals.slice(command.name.split(" ").length);
  const needed = command.args.filter((name) => !name.startsWith("["));
  if (args.length < needed.length)
    throw new UsageError(`${command.name} needs ${needed.slice(args.length).join(" ")}.`);
  if (args.length > command.args.length) throw new UsageError(`${command.name} takes no ${args.at(-1)}.`);
  const foreign = Object.keys(values).find((name) => name !== "json" && !command.options.includes(name as OptionName));
  if (foreign !== undefined) throw new UsageError(`${command.name} takes no --${foreign}.`);
  return { command, args, options: values };
}

function parse(argv: string[]): { values: OptionValues; positionals: string[] } {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function runCommand({ command, args, options }: Understood, around: Surroundings): Promise<number> {
  let ctx: Context | undefined;
  const call: Call = {
    args,
    options,
    config: nodeConfig,
    startWorkers: around.startWorkers,
    say: (line) => around.err(line),
    open: async () => {
      ctx ??= await openContext(quiet(nodeConfig()));
      return ctx;
    },
  };
  try {
    const { json, lines, failed } = await command.run(call);
    await ctx?.close();
    ctx = undefined;
    if (options.json) around.out(JSON.stringify(json));
    else for (const line of lines) around.out(line);
    return failed ? 1 : 0;
  } finally {
    await ctx?.close();
  }
}

/** What a server logs in passing would only stand between a person and the answer. */
function quiet(config: Config): Config {
  return config.logLevel === "info" ? { ...config, logLevel: "warn" } : config;
}

function usage(): string {
  const lines = COMMANDS.map(({ name, args, options, about }) => {
    const flags = options.map((option) => `[--${option}${OPTIONS[option].type === "string" ? " …" : ""}]`);
    return `  ${[name, ...args, ...flags].join(" ").padEnd(58)} ${about}`;
  });
  const tail = "Every command takes --json: one JSON object as the last line.";
  return ["Usage: npm run cli -- COMMAND", "", ...lines, "", tail].join("\n");
}
