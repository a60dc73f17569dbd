import { inject } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { correctArticle, draftDigest, sendDigest } from "../../src/digests/index.ts";
import { createResendMailer } from "../../src/mail/resend.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { type TestContext, testClock, testContext } from "../support/context.ts";
import { addReaders, type ReaderOptions } from "../support/readers.ts";
import { type Accepted, type ResendDouble, type Settings, startResendDouble } from "../support/resend-double/index.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

const URL = "https://calm.example/articles/morning-light";
export const SLUG = "morning-light";
const LATER = { ...MORNING_LIGHT, "What it costs": "A lamp costs 90 to 150 dollars and lasts for years." };
/** What the article got wrong at first. */
export const MISTAKE = {
  version: 1,
  wrong: "80 to 140 dollars",
  right: "90 to 150 dollars",
  why: "Prices were from 2019.",
};

export type World = TestContext & { resend: ResendDouble };

const closing: (() => Promise<unknown>)[] = [];

/** A site whose readers are written to through the provider's double. */
export async function openWorld(engine = "sqlite", settings: Partial<Settings> = {}): Promise<World> {
  const clock = testClock(Date.parse("2026-01-12T12:00:00Z"));
  const resend = await startResendDouble({ rateLimit: null, clock, ...settings });
  closing.push(resend.close);
  const mailer = createResendMailer({ apiKey: "re_test", baseUrl: resend.url, clock });
  const env: Record<string, string> = { SEND_TIMEOUT_SECONDS: "1" };
  if (engine === "postgres") env.DATABASE_URL = await freshDatabaseUrl(inject);
  const world = await testContext({ clock, mailer, env });
  closing.push(world.close);
  return { ...world, resend };
}

export async function closeWorlds(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

export const readers = ({ ctx }: World, names: string[], options: ReaderOptions = {}) =>
  addReaders(
    ctx,
    names.map((name) => `${name}@example.org`),
    options,
  );

const PAGES = {
  first: {},
  /** Reviewed again with the mistake in it. */
  again: { reviewed: "June 1, 2025" },
  /** Put right without a review. */
  mended: { sections: LATER },
  reviewed: { reviewed: "January 9, 2026", sections: LATER },
};

/** The page in one of its states. */
export async function publish({ ctx, jobs }: World, state: keyof typeof PAGES = "first") {
  const taken = await takeIn(ctx, { html: articlePage(PAGES[state]), url: URL });
  jobs.length = 0;
  return taken;
}

export async function sendAll(world: World, draft: object = {}): Promise<string> {
  const uid = await start(world, draft);
  await world.work();
  return uid;
}

/** Starts a digest and leaves the work to whoever wants it done. */
export async function start({ ctx }: World, draft: object = {}): Promise<string> {
  const { uid } = await draftDigest(ctx, draft);
  await sendDigest(ctx, uid);
  return uid;
}

export async function correct(world: World, change: object = {}): Promise<number> {
  const { correction } = await mark(world, change);
  await world.work();
  return correction.seq;
}

/** Marks a version as wrong and leaves the work to whoever wants it done. */
export const mark = ({ ctx }: World, change: object = {}) => correctArticle(ctx, SLUG, { ...MISTAKE, ...change }, null);

export const isNotice = ({ email }: Accepted) =>
  /^(Correction|Clarification|Safety correction):/.test(email?.subject ?? "");
export const nameOf = ({ to }: Accepted) => to.split("@")[0] ?? "";

/** Who was sent a notice, by name, in order; of those with these words where some are given. */
export const noticed = ({ resend }: World, words = "") =>
  resend
    .messages()
    .filter((message) => isNotice(message) && message.email?.text?.includes(words))
    .map(nameOf)
    .sort();

export const letters = ({ resend }: World) => resend.messages().filter((message) => !isNotice(message));
