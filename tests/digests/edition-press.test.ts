import { afterEach, describe, expect, inject, it } from "vitest";
import { noteEvent, takeIn } from "../../src/articles/index.ts";
import type { Context } from "../../src/context.ts";
import { openEditionPress } from "../../src/digests/edition-press.ts";
import { correctArticle, draftDigest, planDigest, previewDigest, sendDigest } from "../../src/digests/index.ts";
import { type Digest, findDigest } from "../../src/digests/queries.ts";
import { freezeEditions, renderEdition, wholeOf } from "../../src/digests/render-edition.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { type TestContext, testContext } from "../support/context.ts";
import { addReaders } from "../support/readers.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const ARTICLES = [
  { path: "light", title: "Light <in> the morning & $& more", category: "Depression" },
  { path: "lithium", title: "Lithium and the kidneys", category: "Bipolar" },
  { path: "panic", title: "Panic, minute by minute __unsubscribe__", category: "Anxiety" },
];
const MENDED = { ...MORNING_LIGHT, "What it costs": "A lamp costs 90 to 150 dollars and lasts for years." };
const WRONG = { version: 1, wrong: "80 to 140 dollars", right: "90 to 150 dollars", why: "An old price." };

/** Three articles, published as events 1 to 3. */
async function site(engine = "sqlite"): Promise<TestContext> {
  const env: Record<string, string> = engine === "postgres" ? { DATABASE_URL: await freshDatabaseUrl(inject) } : {};
  const world = await testContext({ env });
  closing.push(world.close);
  for (const { path, ...page } of ARTICLES) await take(world.ctx, path, page);
  return world;
}

const take = (ctx: Context, path: string, page: Parameters<typeof articlePage>[0]) =>
  takeIn(ctx, { html: articlePage(page), url: `https://calm.example/articles/${path}` });

async function startedDigest(ctx: Context): Promise<Digest> {
  const { uid } = await draftDigest(ctx, {});
  await sendDigest(ctx, uid);
  return (await findDigest(ctx.db, uid)) as Digest;
}

const variantsOf = (ctx: Context, digest: Digest) =>
  ctx.db.selectFrom("variant").selectAll().where("digest_id", "=", digest.id).orderBy("id").execute();

describe.each(["sqlite", "postgres"])("the variants of a digest on %s", (engine) => {
  it("are frozen as each renders by itself, for every choice of topics, language and manner", async () => {
    const { ctx } = await site(engine);
    await take(ctx, "lithium", {
      title: "Lithium",
      category: "Bipolar",
      reviewed: "January 9, 2026",
      sections: MENDED,
    });
    await take(ctx, "panic", { title: "Panic", category: "Anxiety", reviewed: "January 9, 2026" });
    await correctArticle(ctx, "light", WRONG, null);
    const choices = [[], ["depression"], ["bipolar"], ["anxiety"], ["bipolar", "anxiety"], ["depression", "anxiety"]];
    for (const [place, topics] of choices.entries()) {
      for (const locale of ["en", "es"]) {
        for (const discreet of [0, 1] as const) {
          await addReaders(ctx, [`r${place}${locale}${discreet}@example.org`], { topics, locale, discreet });
        }
      }
    }
    const digest = await startedDigest(ctx);
    await planDigest(ctx, digest.id);
    const rows = await variantsOf(ctx, digest);
    expect(rows).toHaveLength(choices.length * 4);
    for (const { events, locale, discreet, subject, html, text } of rows) {
      const alone = openEditionPress(digest);
      const { carried, ...mail } = await renderEdition(ctx, alone, { seqs: JSON.parse(events), locale, discreet });
      expect({ subject, html, text }).toEqual(mail);
      expect(carried.length).toBeGreaterThan(0);
    }
    const whole = rows.find((row) => row.locale === "en" && row.discreet === 0 && JSON.parse(row.events).length === 6);
    expect((await previewDigest(ctx, digest.uid)).subject).toBe(whole?.subject);
  });

  it("frozen together say each its own corrections, and are one where that makes them the same", async () => {
    const { ctx } = await site(engine);
    const digest = await startedDigest(ctx);
    const press = openEditionPress(digest);
    const manner = { locale: "en", discreet: 0 } as const;
    await renderEdition(ctx, press, wholeOf([1, 2, 3]));
    await correctArticle(ctx, "light", WRONG, null);
    const tell = [[1], [2], [1, 4], [1, 2]].map((seqs) => ({ seqs, ...manner }));
    const [first, second, third, fourth] = await freezeEditions(ctx, press, tell);
    expect(third).toBe(first);
    const rows = new Map((await variantsOf(ctx, digest)).map((row) => [row.id, row]));
    const eventsOf = [first, second, fourth].map((id) => rows.get(id ?? 0)?.events);
    expect(eventsOf).toEqual(["[1,4]", "[2]", "[1,2,4]"]);
    expect(rows.get(first ?? 0)?.text).toContain("90 to 150 dollars");
    expect(rows.get(second ?? 0)?.text).not.toContain("dollars");
    const carried = await ctx.db.selectFrom("variant_version").select("variant_id").execute();
    expect(carried.map((row) => row.variant_id).sort()).toEqual([first, second, fourth, fourth].sort());
  });
});

it("tells everyone the same words about an event, also when an editor changes them while the digest is planned", async () => {
  const { ctx } = await site();
  const digest = await startedDigest(ctx);
  const press = openEditionPress(digest);
  await noteEvent(ctx, 1, { note: "Read the part on cost." });
  const whole = await renderEdition(ctx, press, wholeOf([1, 2, 3]));
  await noteEvent(ctx, 1, { note: "Never mind." });
  const later = await renderEdition(ctx, press, wholeOf([1, 3]));
  for (const { text } of [whole, later]) expect(text).toContain("Read the part on cost.");
  const another = await renderEdition(ctx, openEditionPress(digest), wholeOf([1, 3]));
  expect(another.text).toContain("Never mind.");
});
