import { load } from "cheerio";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { putArticle } from "../../src/articles/index.ts";
import { correctArticle, draftDigest, sendDigest } from "../../src/digests/index.ts";
import { openReader, type Reader } from "./reader.ts";

let reader: Reader;
beforeEach(async () => {
  reader = await openReader();
});
afterEach(() => reader.close());

const DAY_MS = 86_400_000;
const get = (path: string) => reader.app.request(path);
const text = async (path: string) => (await get(path)).text();
const page = async (path: string) => load(await text(path));

type Row = [heading: string, text: string];

const COST = "A lamp costs 80 to 140 dollars and lasts for years. Some insurers pay for it.";
const WHY = "Bright light in the first hour of the day shifts the body clock forward.\nLamps of 10,000 lux are used.";
const FIRST: Row[] = [
  ["Why light", WHY],
  ["What it costs", COST],
];
const SECOND: Row[] = [
  ["Why light", WHY],
  ["What it costs", COST.replace("80 to 140", "60 to 120")],
];
const THIRD: Row[] = [
  ["What you pay", COST.replace("80 to 140", "60 to 120")],
  ["Who should wait", "People with some eye conditions."],
];

/** Puts a state of the article, a day after the one before. */
async function put(rows: Row[], more: Record<string, unknown> = {}, slug = "lamps") {
  reader.clock.advance(DAY_MS);
  const sections = rows.map(([heading, words]) => ({ heading, level: 2, text: words }));
  const input = { url: `https://calm.example/${slug}`, title: "Morning lamps", reviewers: ["Ana Ruiz"], sections };
  await putArticle(reader.ctx, slug, { ...input, ...more });
}

async function threeVersions() {
  await put(FIRST, { reviewedOn: "2025-03-04", references: ["Trials, pooled"] });
  await put(SECOND, { reviewedOn: "2025-06-01", references: ["Trials, pooled"] });
  await put(THIRD, { reviewedOn: "2026-01-09", references: ["A newer trial"] });
}

const correct = (more: Record<string, unknown> = {}) =>
  correctArticle(
    reader.ctx,
    "lamps",
    {
      version: 1,
      wrong: "A lamp costs 80 to 140 dollars.",
      right: "It costs 60 to 120.",
      passage: "80 to 140",
      ...more,
    },
    null,
  );

describe("an article's history", () => {
  it("marks what went and what came word by word, in words for those who do not see the marks", async () => {
    await threeVersions();
    const $ = await page("/changes/lamps");
    const second = $("#version-2 .weave");
    expect(second.find("p del").text()).toBe("[removed: 80 to 140]");
    expect(second.find("p ins").text()).toBe("[added: 60 to 120]");
    expect(second.text()).toContain("A lamp costs");
    expect(second.text()).not.toContain("Bright light");
  });

  it("shows whole sections that are new or gone, and says what was renamed", async () => {
    await threeVersions();
    const $ = await page("/changes/lamps");
    const third = $("#version-3 .weave");
    expect(third.find("h3 ins").text()).toBe("Who should wait");
    expect(third.find("h3 del").text()).toBe("Why light");
    expect(third.find("del").text()).toContain("Lamps of 10,000 lux are used.");
    expect(third.text()).toContain("Was called “What it costs”");
    expect($("#version-3 .changes").text()).toContain("A newer trial");
  });

  it("says everything in Spanish but the article itself", async () => {
    await threeVersions();
    const $ = await page("/changes/lamps?lang=es");
    expect($("#version-2 .changes").text()).toContain("«80 to 140» es ahora «60 to 120».");
    expect($("#version-2 .weave").text()).toContain("[retirado: 80 to 140]");
    expect($("#version-3 .changes dt").last().text()).toBe("Última revisión");
  });

  it("comes twenty versions at a time, each page with a way on and a way back", async () => {
    for (let dollars = 1; dollars <= 45; dollars += 1) await put([["Cost", `A lamp costs ${dollars} dollars.`]]);
    const first = await page("/changes/lamps");
    expect(first("ol > li")).toHaveLength(20);
    expect(first("ol").attr("start")).toBe("45");
    const older = first('a:contains("Older versions")').attr("href") ?? "";
    const second = await page(older);
    expect(second("ol > li").first().attr("id")).toBe("version-25");
    expect(second('meta[name="robots"]').attr("content")).toBe("noindex");
    const last = await page(second('a:contains("Older versions")').attr("href") ?? "");
    expect(last("ol > li").last().text()).toContain("The first version that we have seen.");
    expect(last('a:contains("Older versions")')).toHaveLength(0);
    expect(last('a:contains("Newest versions")').attr("href")).toBe("/changes/lamps");
  });

  it("leads to a page of its own where a version changed more than can stand among others", async () => {
    await put([["Cost", "Old words. ".repeat(3_000)]]);
    await put([["Cost", "Wholly different. ".repeat(3_000)]]);
    const $ = await page("/changes/lamps");
    expect($(".weave")).toHaveLength(0);
    const link = $('a[href*="from=1&to=2"]').attr("href") ?? "";
    expect((await page(link))("ins").text()).toContain("Wholly different.");
  });

  it("has one address for search engines", async () => {
    await threeVersions();
    const $ = await page("/changes/lamps");
    expect($('link[rel="canonical"]').attr("href")).toBe("http://localhost:3000/changes/lamps");
    expect($('meta[name="robots"]')).toHaveLength(0);
  });
});

describe("any two versions", () => {
  it("are compared at an address of their own, in whichever order", async () => {
    await threeVersions();
    for (const query of ["from=1&to=3", "from=3&to=1"]) {
      const $ = await page(`/changes/lamps?${query}`);
      expect($("h1 + p").text()).toBe("From version 1 to version 3");
      expect($(".stack > p").eq(0).text()).toMatch(/^“What you pay” changed; “Who should wait” is new/);
      expect($(".weave del").text()).toContain("80 to 140");
      expect($('meta[name="robots"]').attr("content")).toBe("noindex");
      expect($('link[rel="canonical"]')).toHaveLength(0);
      expect($(".foot a").attr("href")).toBe("/changes/lamps?from=1&to=3&lang=es");
    }
  });

  it("can be picked by a form without a script", async () => {
    await threeVersions();
    const form = (await page("/changes/lamps"))("form");
    expect([form.attr("method"), form.attr("action")]).toEqual(["get", "/changes/lamps"]);
    expect(form.find("select[name=from] option[selected]").attr("value")).toBe("1");
    expect(form.find("select[name=to] option[selected]").text()).toBe("3, January 9, 2026");
  });

  it("say so when they are the same", async () => {
    await threeVersions();
    expect((await page("/changes/lamps?from=2&to=2"))("article").text()).toContain("These two versions say the same.");
  });

  it.each([
    ["from=1&to=9", 404, "This article has no version 9. It has versions 1 to 3."],
    ["from=0&to=2", 404, "This article has no version 0."],
    ["from=1", 422, "name two versions by their numbers"],
    ["from=one&to=two", 422, "name two versions by their numbers"],
    ["from=-1&to=2", 422, "name two versions by their numbers"],
    ["from=1&to=9&lang=es", 404, "Este artículo no tiene versión 9."],
  ])("that do not exist are answered in words: %s", async (query, status, words) => {
    await threeVersions();
    const answer = await get(`/changes/lamps?${query}`);
    expect(answer.status).toBe(status);
    const $ = load(await answer.text());
    expect($("main").text()).toContain(words);
    expect($("main a").attr("href")).toMatch(/^\/changes\/lamps/);
  });

  it("of an article that nobody knows are a page that is not there", async () => {
    for (const query of ["", "?from=1&to=2", "?before=3"])
      expect((await get(`/changes/nobody${query}`)).status).toBe(404);
  });
});

describe("a correction", () => {
  it("stands at the top of the article's history, where the notice by mail leads, and on the version it is about", async () => {
    await threeVersions();
    const { correction } = await correct({ severity: "safety", why: "We read an old list." });
    const $ = await page("/changes/lamps");
    const notice = $(`#correction-${correction.seq}`);
    expect(notice.find("h2").text()).toBe("Safety correction");
    for (const words of [
      "A lamp costs 80 to 140 dollars.",
      "It costs 60 to 120.",
      "We read an old list.",
      "in version 1",
    ])
      expect(notice.text()).toContain(words);
    expect(notice.text()).toContain("from January 13, 2026 until January 15, 2026");
    expect($(`#version-1 a[href="#correction-${correction.seq}"]`)).toHaveLength(1);
    expect($(`#version-2 a[href="#correction-${correction.seq}"]`)).toHaveLength(0);
    const spanish = await page("/changes/lamps?lang=es");
    expect(spanish(".notice.correction h2").text()).toBe("Corrección de seguridad");
  });

  it("is said over every archived edition that carried the mistake, and over no other", async () => {
    await reader.join("ana@example.org");
    const send = async () => {
      const { uid } = await draftDigest(reader.ctx, {});
      await sendDigest(reader.ctx, uid);
      await reader.work();
      return uid;
    };
    await put(FIRST, { reviewedOn: "2025-03-04" });
    const wrong = await send();
    await put(SECOND, { reviewedOn: "2025-06-01" });
    const right = await send();
    const { correction } = await correct({ right: "It costs <b>60</b> to 120." });
    await reader.work();
    const $ = await page(`/archive/${wrong}`);
    expect($("aside").text()).toContain("Corrected since this was sent");
    expect($("aside a").attr("href")).toBe(`/changes/lamps#correction-${correction.seq}`);
    expect((await page(`/archive/${right}`))("aside")).toHaveLength(0);
    const spanish = await page(`/archive/${wrong}?lang=es`);
    expect(spanish("aside a").attr("href")).toBe(`/changes/lamps?lang=es#correction-${correction.seq}`);
  });
});

describe("what changed in all articles", () => {
  it("lists what was published, reviewed again and corrected, newest first, each in one line", async () => {
    await threeVersions();
    const { correction } = await correct();
    const $ = await page("/changes");
    const items = $(".entries > li")
      .toArray()
      .map((one) => [$(one).find(".kind").text(), $(one).find("p").eq(1).text()]);
    expect(items).toEqual([
      ["Correction", "It costs 60 to 120."],
      ["Re-reviewed", expect.stringMatching(/^“Who should wait” is new; “Why light” was removed/)],
      ["Re-reviewed", "“What it costs” changed."],
      ["New", "A new article."],
    ]);
    expect($(".entries a").first().attr("href")).toBe(`/changes/lamps#correction-${correction.seq}`);
    expect($(".entries > li").eq(1).text()).toContain("Reviewed January 9, 2026 by Ana Ruiz");
    expect($(".entries > li").eq(1).find("a").last().attr("href")).toBe("https://calm.example/lamps");
    expect($('link[rel="canonical"]').attr("href")).toBe("http://localhost:3000/changes");
  });

  it("shows what came after an event, for the link in a letter", async () => {
    await threeVersions();
    const $ = await page("/changes?after=1");
    expect($("h1").text()).toBe("More since your last letter");
    expect($(".entries > li")).toHaveLength(2);
    expect((await page("/changes?after=3"))("main").text()).toContain("Nothing more since then.");
    expect((await page("/changes?after=x"))(".entries > li")).toHaveLength(3);
  });

  it("pages by cursor and keeps what was asked for", async () => {
    for (let n = 1; n <= 35; n += 1)
      await put([["Cost", `A lamp costs ${n} dollars.`]], { title: `Lamp ${n}` }, `l-${n}`);
    const $ = await page("/changes?after=2");
    expect($(".entries > li")).toHaveLength(30);
    const next = $('a:contains("Older changes")').attr("href") ?? "";
    expect(next).toBe("/changes?after=2&before=6");
    expect((await page(next))(".entry-title").text()).toBe("Lamp 5Lamp 4Lamp 3");
  });

  it("says what will stand there while nothing is published, and is reached from the archive and the start page", async () => {
    expect(await text("/changes")).toContain("Nothing has been published yet");
    for (const path of ["/", "/archive"]) expect((await page(path))('main a[href="/changes"]')).toHaveLength(1);
  });
});

describe("what an article says, whatever it says", () => {
  const MARKUP = `<img src=x onerror=alert(1)>"'&amp;<script>alert(2)</script>`;
  const LONG = "x".repeat(10_000);

  it("is shown as text, in headings, passages, references, names and corrections", async () => {
    await put([["Cost", COST]], { title: MARKUP, reviewers: [MARKUP] });
    await put([[`Cost ${MARKUP}`, `${COST} ${MARKUP} ${LONG}`]], {
      title: MARKUP,
      references: [MARKUP],
      reviewedOn: "2026-01-09",
    });
    await correct({ wrong: MARKUP, right: MARKUP, why: MARKUP, passage: "80 to 140" });
    for (const path of ["/changes", "/changes/lamps", "/changes/lamps?from=1&to=2", "/changes/lamps?lang=es"]) {
      const html = await text(path);
      const $ = load(html);
      expect($("img")).toHaveLength(0);
      expect($("script:not([src])")).toHaveLength(0);
      expect(html).not.toMatch(/<style|\sstyle=/);
    }
    expect((await page("/changes/lamps"))("ins").text()).toContain(LONG);
  });

  it("cannot turn the page around it", async () => {
    await put([["Cost", COST]], { title: "טיפול באור" });
    await put([["Cost \u202egnp.exe", `${COST} \u202eevil\u2066`]], { title: "טיפול באור", reviewedOn: "2026-01-09" });
    const html = await text("/changes/lamps");
    expect(html).not.toMatch(/[\u202e\u2066]/);
    expect(load(html)("h1").attr("dir")).toBe("auto");
  });
});
