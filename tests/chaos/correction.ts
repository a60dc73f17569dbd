import { takeIn } from "../../src/articles/index.ts";
import type { Context } from "../../src/context.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { addReaders } from "../support/readers.ts";
import type { Door } from "./door.ts";
import { patiently } from "./patience.ts";

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
  door: Door;
  /** Comes true when the moment has come. */
  moment: Promise<unknown>;
  say: (line: string) => void;
}

/**
 * Mends the article and marks its first version as wrong while the digest that carries it goes out, as an editor does by
 * the API; then lets new readers come, who were never told. Gives the id of the digest that carries the notices.
 */
export async function correctMidway({ ctx, door, moment, say }: Correcting): Promise<string> {
  await moment;
  const page = { html: articlePage({ sections: MENDED }), url: `https://calm.example${ARTICLE}` };
  await patiently(() => takeIn(ctx, page));
  const asked = { method: "POST", json: MISTAKE, editor: true } as const;
  const { status } = await door.ask("/api/v1/articles/morning-light/corrections", asked);
  if (status !== 200 && status !== 201) throw new Error(`the API answered ${status}`);
  const rows = await patiently(() =>
    ctx.db
      .selectFrom("correction")
      .innerJoin("digest", "digest.id", "correction.digest_id")
      .select(["correction.seq", "digest.uid"])
      .execute(),
  );
  const [made, another] = rows;
  if (!made || another) throw new Error(`the correction was made ${rows.length} times`);
  await patiently(() => addNewcomers(ctx, made.seq));
  say("a version was marked as wrong");
  return made.uid;
}

/** Both or none, and once, though it may have to be asked again. */
async function addNewcomers(ctx: Context, watermark: number): Promise<void> {
  try {
    await addReaders(ctx, ["newcomer1@example.org", "newcomer2@example.org"], { watermark });
  } catch (error) {
    if (!ctx.engine.isUniqueViolation(error)) throw error;
  }
}
