import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { type DigestItem, type DigestProps, renderMail } from "../../emails/index.ts";
import { hrefs } from "./reading.ts";
import { changes, digest, item, itemCorrection, reReviewed } from "./samples.ts";

const flat = (text: string) => text.replace(/\s+/g, " ");
const render = (part: Partial<DigestProps>) => renderMail("digest", digest(part));
const unchanged = (part: Partial<DigestItem> = {}) => item({ kind: "re-reviewed", changes: changes(), ...part });

/** Titles of the items, in the order in which a reader meets them. */
async function order(items: DigestItem[]): Promise<string[]> {
  const $ = load((await render({ items })).html);
  return $("h2:has(a), h3:has(a)")
    .toArray()
    .map((h) => $(h).text());
}

describe("a correction in a digest", () => {
  const corrected = item({
    kind: "corrected",
    title: "Scores",
    severity: "correction",
    corrections: [itemCorrection()],
    changes: changes({ changed: ["Cost", "Time"], sentences: [{ section: "Cost", text: "“2,500” is now “10,000”." }] }),
  });

  it("is said before anything else of its article: what it said, what is right, why, and where", async () => {
    const { html, text } = await render({ items: [corrected] });
    const $ = load(html);
    expect($("h2").parent().text()).toMatch(/^Corrected · DepressionScoresWhat was corrected/);
    expect(flat(text)).toContain(
      "Correction · January 12, 2026 The article said: “A lamp of 2,500 lux is enough.” Right is: It takes a lamp of 10,000 lux. Why: We read the wrong table. Where in the article Cost, Time See every change",
    );
    expect(text.indexOf("Right is:")).toBeLessThan(text.indexOf("Which lamp, how long"));
    expect(text).not.toContain("is now “10,000”");
    expect(hrefs(html).filter((url) => url === corrected.changesUrl)).toHaveLength(1);
  });

  it("leaves out a reason and a place that nobody gave", async () => {
    const bare = { ...corrected, changes: null, corrections: [itemCorrection({ why: null })] };
    const { html, text } = await render({ items: [bare] });
    expect(`${text}${html}`).not.toMatch(/Why:|Where in the article|null/);
  });

  it("carries the editor's words in its box, and once", async () => {
    const { text } = await render({ items: [{ ...corrected, note: "Thank you to the reader who asked." }] });
    expect(flat(text).split("Thank you to the reader who asked.")).toHaveLength(2);
    expect(flat(text)).toContain("From the editor Thank you");
  });

  it("says what to do where it is about safety, in a grave tone", async () => {
    const safety: DigestItem = {
      ...corrected,
      severity: "safety",
      corrections: [itemCorrection({ severity: "safety" })],
    };
    const { html, text } = await render({ items: [safety] });
    expect(flat(text)).toContain("Safety correction · Depression Scores");
    expect(flat(text)).toContain("Talk to your clinician or pharmacist first");
    expect(load(html)("td.g-dangerWash")).toHaveLength(1);
    expect((await render({ items: [corrected] })).text).not.toContain("pharmacist");
  });

  it("counts as a correction where a later review of the same article brings it, and tells both", async () => {
    const both = reReviewed({ title: "Both", corrections: [itemCorrection()] });
    const { html, text, subject } = await render({ items: [reReviewed(), both] });
    expect(subject).toBe("Corrected: Both, and 1 more");
    expect(text).toContain("One correction; one review changed what we say.");
    const $ = load(html);
    const [first] = $("h2").toArray();
    expect($(first).nextAll("table").find("h3").text()).toBe("What was correctedWhat changed");
    expect(hrefs(html).filter((url) => url === both.changesUrl)).toHaveLength(1);
  });

  it("of an article that its reader never saw before reads as new, corrected since it first appeared", async () => {
    const fresh = item({ title: "Lamps", corrections: [itemCorrection({ severity: "safety" })] });
    const { html, text, subject } = await render({ items: [fresh] });
    expect(subject).toBe("New: Lamps");
    expect(text).toContain("\nNew · Depression\nLamps\n");
    expect(load(html)("h3").text()).toBe("Corrected since it first appeared");
    expect(text).toContain("One new article.");
    expect(text).not.toContain("pharmacist");
    expect(hrefs(html)).toContain(fresh.changesUrl);
  });

  it("shows the gravest of many, and says how many more there are", async () => {
    const many = [
      itemCorrection({ severity: "clarification", right: "Clearer." }),
      ...Array.from({ length: 5 }, (_, index) => itemCorrection({ right: `Right ${index + 1}.` })),
      itemCorrection({ severity: "safety", right: "Safer." }),
    ];
    const { text } = await render({ items: [{ ...corrected, severity: null, corrections: many }] });
    expect([...text.matchAll(/Right is: (.*)$/gm)].map(([, right]) => right)).toEqual([
      "Safer.",
      "Right 1.",
      "Right 2.",
      "Right 3.",
    ]);
    expect(text).toContain("And three more corrections.");
  });

  it("speaks Spanish to a reader of Spanish", async () => {
    const { subject, text } = await render({ locale: "es", items: [{ ...corrected, severity: "clarification" }] });
    expect(subject).toBe("Corregido: Scores");
    expect(flat(text)).toContain(
      "Corrección · 12 de enero de 2026 El artículo decía: «A lamp of 2,500 lux is enough.» Lo correcto es: It takes a lamp of 10,000 lux. Por qué: We read the wrong table.",
    );
  });
});

describe("the order of a digest", () => {
  it("is corrections, reviews that changed something, new articles, reviews that changed nothing", async () => {
    const items = [
      unchanged({ title: "Same" }),
      item({ title: "New", corrections: [itemCorrection()] }),
      reReviewed({ title: "Changed" }),
      item({ kind: "corrected", title: "Clearer", severity: "clarification" }),
      item({ kind: "corrected", title: "Right" }),
      reReviewed({ title: "Right, too", corrections: [itemCorrection()] }),
      item({ kind: "corrected", title: "Safe", severity: "safety" }),
    ];
    expect(await order(items)).toEqual(["Safe", "Right", "Right, too", "Clearer", "Changed", "New"]);
    expect((await render({ items })).subject).toBe("Safety correction: Safe, and 6 more");
  });

  it("keeps equals as they came", async () => {
    expect(await order(["C", "A", "B"].map((title) => item({ title })))).toEqual(["C", "A", "B"]);
  });
});

describe("evidence that may have moved", () => {
  const old = { reviewOverdueMonths: 24, reviewedOn: "2024-01-09" };

  it.each([
    [{}, "en", "Last reviewed January 2024. The evidence may have moved since."],
    [{ reviewedOn: "2024-01" }, "en", "Last reviewed January 2024. The evidence may have moved since."],
    [{ reviewedOn: null }, "en", "Published January 2024 and not reviewed since. The evidence may have moved."],
    [{ reviewedOn: null, publishedOn: null }, "en", "Not reviewed for 24 months. The evidence may have moved since."],
    [{}, "es", "Última revisión: enero de 2024. Desde entonces la evidencia puede haber cambiado."],
    [
      { reviewedOn: null },
      "es",
      "Publicado en enero de 2024 y no revisado desde entonces. La evidencia puede haber cambiado.",
    ],
  ] as const)("is said in one calm line (%j, %s): %s", async (part, locale, words) => {
    const { html, text } = await render({ locale, items: [item({ ...old, ...part })] });
    expect(flat(text)).toContain(words);
    expect(load(html)("p").filter((_index, p) => load(p).text() === words)).toHaveLength(1);
  });

  it("is not mentioned of an article that was reviewed in time", async () => {
    expect((await render({ items: [item({ reviewedOn: "2024-01-09" })] })).text).not.toContain("evidence");
  });
});

describe("what was left out for a reader who was away long", () => {
  const rest = { count: 23, url: "https://news.example/archive/rest" };

  it("is one line at the end, with its link, and counts in the subject", async () => {
    const { subject, html, text } = await render({ items: [item(), unchanged({ title: "Same" })], rest });
    expect(subject).toBe("New: Light for Dark Mornings, and 24 more");
    expect(text).toContain(`\n\nAnd 23 more since your last letter:\n${rest.url}\n\n-----`);
    const links = hrefs(html);
    expect(links.indexOf(rest.url)).toBe(links.length - 4);
  });

  it("is refused when its link is not a web address", async () => {
    const bad = { count: 1, url: "javascript:alert(1)" };
    await expect(render({ rest: bad })).rejects.toMatchObject({ code: "invalid", field: "rest.url" });
  });

  it("stays out of a discreet reader's subject", async () => {
    expect((await render({ discreet: true, rest })).subject).toBe("Your reading for this week");
  });

  it("is said in Spanish to a reader of Spanish", async () => {
    const { subject, text } = await render({ locale: "es", items: [item()], rest });
    expect(subject).toBe("Nuevo: Light for Dark Mornings, y 23 más");
    expect(text).toContain("Y 23 más desde su última edición:\n");
  });
});

describe("reviews that changed nothing", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => unchanged({ title: `Part ${index + 1}` }));

  it("take one line each, and say once who reviewed them all", async () => {
    const { html, text } = await render({ items: many(2) });
    const $ = load(html);
    expect(
      $("h2")
        .nextAll("p")
        .toArray()
        .map((p) => $(p).text()),
    ).toEqual([
      "Reviewed by the HeyPsych Medical Review Board",
      "Part 1 · January 9, 2026",
      "Part 2 · January 9, 2026",
    ]);
    expect(text).toContain("Part 1\nhttps://site.example/articles/part-1\nJanuary 9, 2026\n\nPart 2\n");
  });

  it("say with each who reviewed it where that differs", async () => {
    const { text } = await render({ items: [...many(1), unchanged({ title: "Other", reviewers: ["Dr. Ana Ruiz"] })] });
    expect(text).toContain("\nReviewed January 9, 2026 by Dr. Ana Ruiz\n");
    expect(text).toContain("\nReviewed January 9, 2026 by the HeyPsych Medical Review Board\n");
  });

  it("are at most ten, and then how many more", async () => {
    const { html, text } = await render({ items: many(13) });
    expect(hrefs(html).filter((url) => url.includes("/part-"))).toHaveLength(10);
    expect(text).toContain("\n\nAnd three more.\n");
    expect(text).toContain("13 articles confirmed unchanged.");
    expect((await render({ items: many(10) })).text).not.toContain("more.");
    expect((await render({ items: many(11), locale: "es" })).text).toContain("\n\nY uno más.\n");
  });

  it("say nothing of a day or a reviewer that nobody knows", async () => {
    const items = many(2).map((one) => ({ ...one, reviewedOn: null }));
    const { html, text } = await render({ items });
    expect(text).toContain("Part 1\nhttps://site.example/articles/part-1\n\nPart 2\n");
    expect(load(html)("h2").nextAll("p").eq(1).text()).toBe("Part 1");
  });
});
