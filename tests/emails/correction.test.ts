import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { type CorrectionProps, renderMail } from "../../emails/index.ts";
import { SEVERITIES } from "../../src/articles/table.ts";
import { hrefs } from "./reading.ts";
import { correction } from "./samples.ts";

const LONG = "A Title That Goes On About Everything There Is to Know of Lamps, Light, Sleep and Winter";
const flat = (text: string) => text.replace(/\s+/g, " ");
const render = (part: Partial<CorrectionProps> = {}) => renderMail("correction", correction(part));

/** Each heading inside the ruled box, with what stands under it. */
function parts(html: string): [string, string][] {
  const $ = load(html);
  return $("h2")
    .toArray()
    .map((h) => [$(h).text(), $(h).nextAll("p").text()]);
}

describe("a correction notice", () => {
  it("says what the reader was told, in quotation marks, then what is right, then why", async () => {
    const { html, text } = await render();
    const { wrong, right, why } = correction();
    expect(parts(html)).toEqual([
      ["What we told you", `“${wrong}”`],
      ["What is right", right],
      ["Why", why],
    ]);
    expect(text).toContain(`What we told you\n----------------\n\n“${wrong}”\n\nWhat is right\n`);
  });

  it("stands beside an amber rule; beside a grave one only when it is about safety", async () => {
    const ruleOf = (html: string) => load(html)("td:has(> div > h2)").attr("class");
    expect(ruleOf((await render()).html)).toContain("b-correction");
    expect(ruleOf((await render({ severity: "clarification" })).html)).toContain("b-correction");
    expect(ruleOf((await render({ severity: "safety" })).html)).toContain("b-danger");
  });

  it("says since when the article said so, when it was corrected, and who reviewed it", async () => {
    const facts =
      "In the article since March 3, 2025 · corrected January 14, 2026 · reviewed January 14, 2026 by the HeyPsych Medical Review Board";
    const { html, text } = await render();
    expect(load(html)("body").text()).toContain(facts);
    expect(flat(text)).toContain(facts);
    const bare = await render({ wrongSince: null, reviewedOn: null, reviewers: [], why: null, note: null });
    expect(bare.text).toContain("\n\nCorrected January 14, 2026\n\n");
    expect(`${bare.text}${bare.html}`).not.toMatch(/Why|editor|null|undefined/);
  });

  it("leads to the article and to this correction in its history", async () => {
    const { html } = await render();
    expect(hrefs(html).slice(0, 2)).toEqual([correction().url, "https://news.example/changes/light#c12"]);
  });

  it("explains why it comes outside the reader's rhythm, also while letters are paused", async () => {
    const { text } = await render();
    expect(flat(text)).toContain(
      "You get this because an earlier letter from HeyPsych to you carried the article as it was then.",
    );
    expect(flat(text)).toContain("outside the rhythm you chose, and also while your letters are paused");
  });

  it("says what to do when it is about safety, and only then", async () => {
    for (const severity of SEVERITIES) {
      const { text } = await render({ severity });
      const says = flat(text).includes("Talk to your clinician or pharmacist first");
      expect(says).toBe(severity === "safety");
    }
  });

  it.each([
    ["clarification", "Clarification: Light for Dark Mornings", "Clarified January 14, 2026"],
    ["correction", "Correction: Light for Dark Mornings", "Corrected January 14, 2026"],
    ["safety", "Safety correction: Light for Dark Mornings", "Corrected January 14, 2026"],
  ] as const)("of the kind %s has the subject %j", async (severity, subject, fact) => {
    const mail = await render({ severity, wrongSince: null });
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(fact);
    const { length } = [...(await render({ severity, title: LONG })).subject];
    expect(length).toBeLessThanOrEqual(80);
  });

  it.each([
    ["clarification", "A note on your earlier reading"],
    ["correction", "A note on your earlier reading"],
    ["safety", "An important note on your earlier reading"],
  ] as const)("of the kind %s is neutral for a discreet reader: %s", async (severity, subject) => {
    const mail = await render({ severity, discreet: true });
    expect(mail.subject).toBe(subject);
    const $ = load(mail.html);
    expect($("[aria-hidden=true]").text()).toMatch(/^Please read it when you have a quiet moment\./);
    expect($("title").text()).toBe(subject);
  });

  it("puts what is right beside the subject", async () => {
    const { html } = await render();
    expect(load(html)("[aria-hidden=true]").text()).toMatch(/^Half an hour takes a lamp of 10,000 lux\./);
  });

  it.each(["“A lamp is enough.”", '"A lamp is enough."', "«A lamp is enough.»", "A lamp is enough."])(
    "quotes %s once",
    async (wrong) => {
      expect((await render({ wrong })).text).toContain("\n“A lamp is enough.”\n");
    },
  );

  it("keeps quotation marks that belong to the words", async () => {
    const { text } = await render({ wrong: "“Light” is not a “drug”" });
    expect(text).toContain("\n““Light” is not a “drug””\n");
  });

  it("keeps the paragraphs of an editor", async () => {
    const { text, html } = await render({ right: "First this.\n\nThen that.", note: "One.\n\nTwo." });
    expect(text).toContain("First this.\n\nThen that.");
    expect(text).toContain("From the editor: One.\n\nTwo.");
    expect(parts(html)[1]).toEqual(["What is right", "First this.Then that."]);
  });

  it("speaks Spanish to a reader of Spanish, dates included", async () => {
    const { subject, html, text } = await render({ locale: "es", severity: "safety" });
    expect(subject).toBe("Corrección de seguridad: Light for Dark Mornings");
    expect(parts(html).map(([title]) => title)).toEqual(["Lo que le dijimos", "Lo correcto", "Por qué", "Qué hacer"]);
    expect(flat(text)).toContain("En el artículo desde el 3 de marzo de 2025 · corregido el 14 de enero de 2026");
    const { text: monthly } = await render({ locale: "es", wrongSince: "2025-03" });
    expect(flat(monthly)).toContain("En el artículo desde marzo de 2025 ·");
  });

  it("shows markup as text, in every field", async () => {
    const markup = "<img src=x onerror=alert(1)></style><script>alert(1)</script>&amp;'";
    const { html, text, subject } = await render({
      title: markup,
      wrong: markup,
      right: markup,
      why: markup,
      note: markup,
      reviewers: [markup],
      correctedOn: markup,
    });
    const $ = load(html);
    expect($("img, script")).toHaveLength(0);
    expect($("h1").text()).toBe(markup);
    expect(parts(html)[1]?.[1]).toBe(markup);
    expect(flat(text)).toContain(`“${markup}”`);
    expect(subject).toContain("Correction: <img");
  });

  it.each(["x", "Light and sleep. ", "<&\"'", "👩🏽‍⚕️", "a\u0301\u0302\u0303", "Uno.\n\n", `${"<&> ".repeat(90)}\n\n`])(
    "stays where no mail client hides its end, however often %j is said",
    async (unit) => {
      const huge = unit.repeat(5000);
      const { html, text, subject } = await render({ title: huge, wrong: huge, right: huge, why: huge, note: huge });
      expect(Buffer.byteLength(html)).toBeLessThan(80_000);
      expect(subject).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
      expect(text).toContain(correction().unsubscribeUrl);
    },
  );
});
