import { inject } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { draftDigest, getDigest, sendDigest } from "../../src/digests/index.ts";
import { createResendMailer } from "../../src/mail/resend.ts";
import { articlePage } from "../support/article-page.ts";
import { type TestContext, testClock, testContext } from "../support/context.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { type ResendDouble, type Settings, startResendDouble } from "../support/resend-double/index.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

export type World = TestContext & { resend: ResendDouble; uid: string };

export interface Stage {
  settings?: Partial<Settings>;
  engine?: string;
  env?: Record<string, string>;
}

/** A digest about one article, triggered for so many readers, and the provider's double behind it. */
export async function stageDigest(count: number, { settings = {}, engine = "sqlite", env = {} }: Stage = {}) {
  const clock = testClock();
  const resend = await startResendDouble({ rateLimit: null, clock, ...settings });
  const mailer = createResendMailer({ apiKey: "re_test", baseUrl: resend.url, clock });
  const database = engine === "postgres" ? { DATABASE_URL: await freshDatabaseUrl(inject) } : {};
  const world = await testContext({ clock, mailer, env: { SEND_TIMEOUT_SECONDS: "1", ...database, ...env } });
  await addReaders(world.ctx, manyAddresses(count));
  await takeIn(world.ctx, { html: articlePage(), url: "https://calm.example/morning-light" });
  world.jobs.length = 0;
  const { uid } = await draftDigest(world.ctx, {});
  await sendDigest(world.ctx, uid);
  const close = async () => {
    await world.close();
    await resend.close();
  };
  return { ...world, resend, uid, close };
}

export const countsOf = async ({ ctx, uid }: World) => (await getDigest(ctx, uid)).counts;
