import { setTimeout as pause } from "node:timers/promises";
import { takeIn } from "../../src/articles/index.ts";
import { toConfig } from "../../src/config.ts";
import type { Context } from "../../src/context.ts";
import { correctArticle } from "../../src/digests/index.ts";
import { openQueue } from "../../src/queue/open.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import type { QueueName } from "../support/installation.ts";
import { addReaders } from "../support/readers.ts";

/** One of the three articles of the digest: what it got wrong, what its letters are known by, and what a correction says. */
export const ARTICLE = "/articles/morning-light";
export const MISTAKE = {
  version: 1,
  wrong: "80 to 140 dollars",
  right: "90 to 150 dollars",
  why: "Prices were from 2019.",
};
const MENDED = { ...MORNING_LIGHT, "What it costs": "A lamp costs 90 to 150 dollars and lasts for years." };

export interface Correcting {
  ctx: Context;
  env: Record<string, string>;
  queue: QueueName;
  /** Where the API is, when the platform is one process. */
  port: number;
  /** Comes true when the moment has come. */
  moment: Promise<unknown>;
  say: (line: string) => void;
}

/**
 * Mends the article and marks its first version as wrong while the digest that carries it goes out, as the API does; then
 * lets new readers come, who were never told. Gives the id of the digest that carries the notices.
 */
export async function correctMidway({ ctx, env, queue, port, moment, say }: Correcting): Promise<string> {
  await moment;
  await takeIn(ctx, { html: articlePage({ sections: MENDED }), url: `https://calm.example${ARTICLE}` });
  if (queue === "memory") await askApi(port, env.ADMIN_API_KEY ?? "");
  else await correctHere(ctx, env);
  const rows = await ctx.db
    .selectFrom("correction")
    .innerJoin("digest", "digest.id", "correction.digest_id")
    .select(["correction.seq", "digest.uid"])
    .execute();
  const [made, another] = rows;
  if (!made || another) throw new Error(`the correction was made ${rows.length} times`);
  await addReaders(ctx, ["newcomer1@example.org", "newcomer2@example.org"], { watermark: made.seq });
  say("a version was marked as wrong");
  return made.uid;
}

async function correctHere(ctx: Context, env: Record<string, string>): Promise<void> {
  const queue = await openQueue(toConfig(env).queue, { onError: () => undefined });
  await correctArticle({ ...ctx, queue }, "morning-light", MISTAKE, null);
  await queue.close();
}

/** Asks until it is answered: the platform is being killed all the while. */
async function askApi(port: number, key: string): Promise<void> {
  const url = `http://127.0.0.1:${port}/api/v1/articles/morning-light/corrections`;
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  for (let turn = 0; turn < 600; turn += 1) {
    const status = await fetch(url, { method: "POST", headers, body: JSON.stringify(MISTAKE) }).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200 || status === 201) return;
    if (status >= 400 && status < 500) throw new Error(`the API answered ${status}`);
    await pause(100);
  }
  throw new Error("the API never answered");
}
