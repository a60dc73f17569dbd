import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { renderMail } from "../../emails/index.ts";
import { hrefs } from "./reading.ts";
import { changes, digest, item, reReviewed } from "./samples.ts";

const flat = (text: string) => text.replace(/\s+/g, " ");
const seen = (html: string) => flat(load(html)("body").text());

describe("a re-review in a digest", () => {
  it("says who reviewed it and when, how old it is, how long it takes and what it rests on", async () => {
    const { html, text } = await renderMail("digest", digest());
    const facts =
      "Reviewed January 9, 2026 by the HeyPsych Medical Review Board · first published January 15, 2024 · 8 min read · 2 references";
    expect(seen(html)).toContain(facts);
    expect(flat(text)).toContain(facts);
  });

  it("tells what changed, a sentence a section, with a link to every change", async () => {
    const { html, text } = await renderMail("digest", digest());
    const $ = load(html);
    expect($("h3").text()).toBe("What changed");
    expect(
      $("h3")
        .nextAll("p")
        .toArray()
        .map((p) => $(p).find("strong").text()),
    ).toEqual(["What It Costs", "Who Should Wait"]);
    expect(text).toContain("  What It Costs\n    “$60–150” is now “$70–180”.");
    expect(hrefs(html)).toContain(reReviewed().changesUrl);
  });

  it("has a line for every change that no sentence covers, and none twice", async () => {
    const all = changes({
      added: ["A", "B"],
      removed: ["C"],
      renamed: [["D", "E"]],
      moved: ["F"],
      changed: ["G"],
      references: { added: ["one", "two"], removed: ["three"], changed: [["four", "five"]] },
      sentences: [{ section: "B", text: "Now with a table." }],
    });
    const { html } = await renderMail("digest", digest({ items: [reReviewed({ changes: all })] }));
    const $ = load(html);
    const lines = $("h3")
      .nextAll("p")
      .toArray()
      .map((p) =>
        $(p)
          .html()
          ?.replace(/<[^>]+>/g, "|"),
      );
    expect(lines.map((line) => line?.split("|").filter(Boolean).join(": "))).toEqual([
      "B: Now with a table.",
      "G: The text of this section changed.",
      "A: New section.",
      "C: No longer part of the article.",
      "E: Was called “D” before.",
      "F: Moved to another place.",
      "References: 2 added, 1 removed, 1 changed.",
    ]);
  });

  it("leaves what does not fit to the page behind the link, and says how much", async () => {
    const sections = Array.from({ length: 12 }, (_, index) => `Section ${index + 1}`);
    const { html, text } = await renderMail(
      "digest",
      digest({ items: [reReviewed({ changes: changes({ changed: sections }) })] }),
    );
    expect(load(html)("h3").nextAll("p").find("strong")).toHaveLength(8);
    expect(text).toContain("And four more changes.");
  });

  it("stands in a short list at the end when nothing changed", async () => {
    const same = item({ kind: "re-reviewed", title: "Magnesium and Sleep", changes: changes() });
    const { html, text } = await renderMail("digest", digest({ items: [same, item({ title: "A Sleep Diary" })] }));
    expect(
      load(html)("h2")
        .toArray()
        .map((h) => load(h).text()),
    ).toEqual(["A Sleep Diary", "Reviewed again, nothing changed"]);
    expect(text).toContain(`Magnesium and Sleep\n${same.url}\nReviewed January 9, 2026 by the`);
  });

  it("is told in full when nothing changed but an editor has something to say", async () => {
    const noted = item({ kind: "re-reviewed", note: "The trial everyone asks about does not change our view." });
    const { text } = await renderMail("digest", digest({ items: [noted] }));
    expect(flat(text)).toContain("From the editor: The trial everyone asks about does not change our view.");
    expect(text).not.toContain("nothing changed");
  });
});

describe("a digest", () => {
  it("puts corrections first, then reviews that changed something, then new articles", async () => {
    const items = [
      item({ title: "New one" }),
      reReviewed({ title: "Reviewed one" }),
      item({ kind: "corrected", title: "Corrected one", note: "We were wrong." }),
    ];
    const { html } = await renderMail("digest", digest({ items }));
    const $ = load(html);
    expect(
      $("h2")
        .toArray()
        .map((h) => $(h).text()),
    ).toEqual(["Corrected one", "Reviewed one", "New one"]);
    expect(
      $("h2")
        .toArray()
        .map((h) => $(h).prev().text().split(" · ")[0]),
    ).toEqual(["Corrected", "Re-reviewed", "New"]);
  });

  it("opens with what it holds, unless an editor wrote an opening", async () => {
    const items = [reReviewed(), reReviewed({ title: "Second" }), item({ title: "New one" })];
    expect((await renderMail("digest", digest({ items }))).text).toContain(
      "Two reviews changed what we say; one new article.",
    );
    const { text } = await renderMail("digest", digest({ items, intro: "A quiet week.\n\nRead the first one." }));
    expect(text).toContain("A quiet week.\n\nRead the first one.");
    expect(text).not.toContain("Two reviews");
  });

  it("cuts a long summary after forty words", async () => {
    const summary = Array.from({ length: 60 }, (_, index) => `w${index + 1}`).join(" ");
    const { text } = await renderMail("digest", digest({ items: [item({ summary })] }));
    expect(text).toContain("w40…");
    expect(text).not.toContain("w41");
  });

  it("says only what is known: no empty summary, review, date, time or reference", async () => {
    const bare = item({
      summary: null,
      reviewedOn: null,
      publishedOn: null,
      reviewers: [],
      readingMinutes: null,
      references: 0,
      topics: [],
    });
    const { html, text } = await renderMail("digest", digest({ items: [bare] }));
    expect(text).toContain(`\nNew\nLight for Dark Mornings\n-----------------------\n${bare.url}\n\n----`);
    expect(`${html}${text}`).not.toMatch(/null|undefined|NaN|Invalid/);
    const $ = load(html);
    expect($("p").filter((_index, p) => $(p).text() === "")).toHaveLength(0);
  });

  it.each([
    ["2026-01-09", "Reviewed January 9, 2026 by"],
    ["2026-01", "Reviewed January 2026 by"],
    ["2026-13-45", "Reviewed 2026-13-45 by"],
    ["last winter", "Reviewed last winter by"],
  ])("writes the day %s as a reader would: %s", async (reviewedOn, words) => {
    const { text } = await renderMail("digest", digest({ items: [item({ reviewedOn })] }));
    expect(flat(text)).toContain(words);
  });

  it.each([
    [["Dr. Ana Ruiz"], "by Dr. Ana Ruiz ·"],
    [["The Review Board"], "by The Review Board ·"],
    [["Dr. Ana Ruiz", "HeyPsych Editorial Team"], "by Dr. Ana Ruiz and the HeyPsych Editorial Team ·"],
  ])("names the reviewers %j as one would say them", async (reviewers, words) => {
    const { text } = await renderMail("digest", digest({ items: [item({ reviewers })] }));
    expect(flat(text)).toContain(words);
  });

  it("speaks Spanish to a reader of Spanish, dates included", async () => {
    const { subject, text } = await renderMail(
      "digest",
      digest({ locale: "es", items: [reReviewed({ publishedOn: "2024-01" })] }),
    );
    expect(subject).toBe("Revisado de nuevo: Light for Dark Mornings, dos secciones cambiaron");
    expect(flat(text)).toContain("Revisado el 9 de enero de 2026 por HeyPsych Medical Review Board");
    expect(flat(text)).toContain("publicado por primera vez en enero de 2024 · 8 min de lectura · 2 referencias");
    expect(text).toContain("Qué cambió");
  });
});

describe("ten full articles", () => {
  const words =
    "Whether a lamp helps depends on when it is used, how bright it is and how long one sits before it, and for whom. ";
  const full = Array.from({ length: 10 }, (_, index) => {
    const sections = Array.from(
      { length: 10 },
      (_unused, n) => `Part ${n + 1} of a Long Article About Light, Lamps and Sleep`,
    );
    const sentences = sections.map((section) => ({ section, text: `Now also says: “${words.repeat(6)}”` }));
    const topics = ["Depression", "Alternative", "Assessments & Screeners"];
    const title = `Light for Dark Mornings, Part ${index + 1}: ${words}`;
    const note = index % 2 === 0 ? words.repeat(2) : null;
    return reReviewed({
      title,
      note,
      topics,
      summary: words.repeat(4),
      changes: changes({ changed: sections, sentences }),
    });
  });

  it("stay under 80 KB of HTML, far from where Gmail hides the end of a mail", async () => {
    const { html } = await renderMail("digest", digest({ items: full }));
    expect(load(html)("h2")).toHaveLength(10);
    expect(Buffer.byteLength(html)).toBeLessThan(80_000);
  });

  it("take the same bytes each time they are rendered, whatever the length of the links", async () => {
    const short = await renderMail("digest", digest({ items: full }));
    const unsubscribeUrl = `https://news.example/unsubscribe/${"t".repeat(400)}`;
    const long = await renderMail("digest", digest({ items: full, unsubscribeUrl }));
    expect(await renderMail("digest", digest({ items: full }))).toEqual(short);
    expect(long.html.replaceAll(unsubscribeUrl, digest().unsubscribeUrl)).toBe(short.html);
    expect(long.text.replaceAll(unsubscribeUrl, digest().unsubscribeUrl)).toBe(short.text);
  });
});
