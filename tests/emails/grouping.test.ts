import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { type DigestItem, renderMail } from "../../emails/index.ts";
import { changes, digest, item, itemCorrection, longDigest, reReviewed } from "./samples.ts";

/** Headings above the items, and under each the titles that stand there; "" where nothing stands above. */
async function groups(items: DigestItem[]): Promise<[string, string[]][]> {
  const $ = load((await renderMail("digest", digest({ items }))).html);
  const found: [string, string[]][] = [];
  for (const h of $("h2, h3").toArray()) {
    const isTitle = $(h).find("a").length > 0;
    if (!isTitle && h.tagName === "h2") found.push([$(h).text(), []]);
    if (!isTitle) continue;
    if (found.length === 0) found.push(["", []]);
    found.at(-1)?.[1].push($(h).text());
  }
  return found;
}

const about = (title: string, ...topics: string[]) => item({ title, topics });
const seven = [
  about("A", "ADHD", "Therapy"),
  about("B", "Depression"),
  about("C", "Therapy", "ADHD"),
  about("D", "Depression", "Therapy"),
  about("E", "Therapy"),
  about("F"),
  about("G", "ADHD"),
];

describe("a long digest", () => {
  it("is grouped by topic when it has more than six full items", async () => {
    expect(await groups(seven)).toEqual([
      ["Therapy", ["A", "C", "D", "E"]],
      ["Depression", ["B"]],
      ["For all readers", ["F"]],
      ["ADHD", ["G"]],
    ]);
    expect((await groups(seven.slice(0, 6))).map(([heading]) => heading)).toEqual([""]);
  });

  it("does not count the short list at the end as full items", async () => {
    const same = item({ kind: "re-reviewed", title: "Same", changes: changes() });
    const listed = await groups([...seven.slice(0, 6), same, same, same]);
    expect(listed[0]).toEqual(["", ["A", "B", "C", "D", "E", "F"]]);
  });

  it("puts each group where its most important item would stand, and orders it inside as any digest", async () => {
    const changed = reReviewed({ title: "Changed", topics: ["Depression"] });
    expect((await groups([...seven, changed])).slice(0, 2)).toEqual([
      ["Depression", ["Changed", "B"]],
      ["Therapy", ["A", "C", "D", "E"]],
    ]);
  });

  it("keeps corrections on top, under no topic, gravest first", async () => {
    const fixed = item({ kind: "corrected", title: "Fixed", topics: ["ADHD"] });
    const safe = item({ kind: "corrected", title: "Safe", topics: ["Therapy"], severity: "safety" });
    const [first, second] = await groups([...seven, fixed, safe]);
    expect(first).toEqual(["", ["Safe", "Fixed"]]);
    expect(second?.[0]).toBe("Therapy");
  });

  it("stands under the topic that more of its items share, and of two equal ones under that met first", async () => {
    const pairs = [
      about("1", "Bipolar", "Therapy"),
      about("2", "Therapy", "Bipolar"),
      ...Array.from({ length: 5 }, (_, index) => about(`${index + 3}`, "Sleep")),
    ];
    expect(await groups(pairs)).toEqual([
      ["Bipolar", ["1", "2"]],
      ["Sleep", ["3", "4", "5", "6", "7"]],
    ]);
  });

  it("needs no heading when all its items share one topic", async () => {
    const same = Array.from({ length: 8 }, (_, index) => about(`${index}`, "Sleep"));
    expect((await groups(same)).map(([heading]) => heading)).toEqual([""]);
  });

  it("names a topic once: not again with the items under it", async () => {
    const { text } = await renderMail("digest", digest({ items: seven }));
    expect(text).toContain("\n\n\nTherapy\n=======\n\n\nNew · ADHD\nA\n-\n");
    expect(text).toContain("\nNew\nE\n-\n");
  });

  it("is the same however often it is rendered", async () => {
    expect(await renderMail("digest", longDigest())).toEqual(await renderMail("digest", longDigest()));
  });

  it("says no topic in what a discreet reader's inbox shows", async () => {
    const { subject, html, text } = await renderMail("digest", digest({ items: seven, discreet: true }));
    const $ = load(html);
    const shown = [subject, $("title").text(), $("[aria-hidden=true]").text(), text.split("\n\n\n")[0]].join(" ");
    expect(shown).not.toMatch(/Therapy|Depression|ADHD/);
    expect($("h2").first().text()).toBe("Therapy");
  });

  it("has a neutral heading in Spanish, too", async () => {
    const { text } = await renderMail("digest", digest({ items: seven, locale: "es" }));
    expect(text).toContain("\nPara todos los lectores\n=====");
  });
});

describe("the largest edition", () => {
  const texts = ["Light and sleep, and what is known. ", "<&\"' ", "👩🏽‍⚕️", "a\u0301\u0302\u0303\u0304\u0305"];

  /** Twelve full items with every text as long as can be, the list at the end, and a rest. */
  function largest(unit: string, length: number): DigestItem[] {
    const words = unit.repeat(Math.ceil(length / unit.length));
    const sections = Array.from({ length: 20 }, (_, index) => `${index} ${words}`);
    const long = {
      title: words,
      summary: words,
      note: words,
      topics: [words, "Sleep"],
      reviewers: [words, words],
      reviewOverdueMonths: 30,
      corrections: Array.from({ length: 6 }, () => itemCorrection({ wrong: words, right: words, why: words })),
      changes: changes({ changed: sections, sentences: sections.map((section) => ({ section, text: words })) }),
    };
    const kinds = ["published", "re-reviewed", "corrected"] as const;
    const full = Array.from({ length: 12 }, (_, index) =>
      item({
        ...long,
        kind: kinds[index % 3] ?? "published",
        url: `https://site.example/${index}`,
        severity: "safety",
      }),
    );
    const listed = Array.from({ length: 30 }, (_, index) =>
      item({
        kind: "re-reviewed",
        title: words,
        reviewers: [`${index} ${words}`],
        url: `https://site.example/u${index}`,
      }),
    );
    return [...full, ...listed];
  }

  const rest = { count: 999, url: "https://news.example/archive/rest" };

  it.each(texts)("stays under 80 KB of HTML with texts of %j, short, middling and long", async (unit) => {
    for (const length of [60, 400, 5000]) {
      const { html } = await renderMail("digest", digest({ items: largest(unit, length), rest }));
      expect(Buffer.byteLength(html)).toBeLessThan(80_000);
      expect(load(html)("h2:has(a), h3:has(a)")).toHaveLength(12);
      expect(html).toContain(rest.url);
      expect(html).toContain(digest().unsubscribeUrl);
    }
  });

  it("gives up room before it gives up articles: short texts are told in full", async () => {
    const items = Array.from({ length: 12 }, (_, index) => reReviewed({ title: `Light ${index}`, note: "Read this." }));
    const { text } = await renderMail("digest", digest({ items, rest }));
    expect(text.match(/From the editor: Read this\./g)).toHaveLength(12);
    expect(text.match(/“\$60–150” is now “\$70–180”\./g)).toHaveLength(12);
  });
});
