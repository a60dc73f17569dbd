import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { toConfig } from "../config.ts";
import type { Context } from "../context.ts";
import { openContext } from "../open-context.ts";
import type { QueueWorker } from "../queue/queue.ts";
import { articleAddress, readPage, siteOrigin } from "./page-source.ts";
import { saveMails } from "./save-mails.ts";
import { StepFailed, stepsOf } from "./steps.ts";
import { tell } from "./story.ts";
import { type App, createVisitor } from "./visitor.ts";

const USAGE = "Usage: npm run demo -- --article FILE_OR_URL [--earlier FILE_OR_URL] [--out DIR]";

/** What the program lends the demo. */
export interface Surroundings {
  createApp(ctx: Context): App;
  startWorkers(ctx: Context): Promise<QueueWorker>;
  say(line: string): void;
}

/** Tells the whole story of one reader and one article, and gives the exit code: 0 done, 1 a step failed, 2 not understood. */
export async function runDemo(argv: string[], around: Surroundings): Promise<number> {
  const asked = readArguments(argv);
  if (!asked) {
    around.say(USAGE);
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), "newsletter-demo-"));
  try {
    return await play(asked, folder, around);
  } catch (error) {
    around.say(`Failed: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Asked {
  article: string;
  earlier: string | undefined;
  out: string | undefined;
}

function readArguments(argv: string[]): Asked | null {
  const options = { article: { type: "string" }, earlier: { type: "string" }, out: { type: "string" } } as const;
  try {
    const { article, earlier, out } = parseArgs({ args: argv, options, strict: true }).values;
    return article ? { article, earlier, out } : null;
  } catch {
    return null;
  }
}

async function play({ article, earlier, out }: Asked, folder: string, around: Surroundings): Promise<number> {
  const adminKey = randomBytes(24).toString("base64url");
  const ctx = await openContext(configFor(folder, await siteOrigin(article), adminKey));
  const worker = await around.startWorkers(ctx);
  try {
    const page = await readPage(article, ctx.fetchPage);
    const before = earlier === undefined ? null : await readPage(earlier, ctx.fetchPage);
    const url = articleAddress(page);
    const visitor = createVisitor(around.createApp(ctx), { publicUrl: ctx.config.publicUrl, adminKey });
    const { step, failed } = stepsOf(around.say);
    await tell({ ctx, visitor, step, say: around.say, url, page, before }).catch(stopAtFailure);
    if (out !== undefined) await step("Write the messages", () => saveMails(ctx, out)).catch(stopAtFailure);
    return failed() ? 1 : 0;
  } finally {
    await worker.close();
    await ctx.close();
  }
}

/** The step has said what went wrong; what follows from it is not tried. */
function stopAtFailure(error: unknown): void {
  if (!(error instanceof StepFailed)) throw error;
}

function configFor(folder: string, siteUrl: string, adminKey: string) {
  return toConfig({
    DATABASE_URL: `sqlite:${join(folder, "demo.db")}`,
    DATA_KEYS: randomBytes(32).toString("base64"),
    ADMIN_API_KEY: adminKey,
    SITE_URL: siteUrl,
    LOG_LEVEL: "warn",
  });
}
