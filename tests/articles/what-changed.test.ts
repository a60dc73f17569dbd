import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extract, nothingChanged, type Section, type VersionContent, whatChanged } from "../../src/articles/index.ts";
import { ADDRESS, fixture } from "./pages.ts";

function version(sections: Record<string, string>, more: Partial<VersionContent> = {}): VersionContent {
  return {
    title: "Lamps",
    summary: null,
    publishedOn: null,
    updatedOn: null,
    reviewedOn: null,
    reviewers: [],
    readingMinutes: null,
    references: [],
    topics: [],
    sections: Object.entries(sections).map(([heading, text]): Section => ({ heading, level: 2, text })),
    ...more,
  };
}

const COST = "A tested lamp costs $80-140 and lasts for years. Renting one for a month costs $25-30.";
const USE = "Sit an arm's length away for twenty minutes, within an hour of waking. Read or eat meanwhile.";
const sentence = (before: string, after: string) =>
  whatChanged(version({ One: before }), version({ One: after })).sentences[0]?.text;

describe("two states of a page", () => {
  const [before, after] = ["light-therapy-earlier", "light-therapy"].map(
    (name) => extract(fixture(name), ADDRESS).article,
  );
  const changes = whatChanged(before as VersionContent, after as VersionContent);

  it("name the sections that changed and those that are new, and nothing else", () => {
    expect(changes).toMatchObject({
      changed: ["How to use a lamp", "What it costs"],
      added: ["When it is not enough"],
      removed: [],
      renamed: [],
      moved: [],
      references: { added: [], removed: [] },
      reviewers: { added: [], removed: [] },
    });
  });

  it("are told in one plain sentence a section, in the order of the page", () => {
    expect(changes.sentences.map(({ section }) => section)).toEqual([
      "How to use a lamp",
      "What it costs",
      "When it is not enough",
    ]);
    expect(changes.sentences[0]?.text).toMatch(/^Now also says: “Dawn simulators, which brighten slowly .+…”$/);
    expect(changes.sentences[1]?.text).toBe("“$80-140” is now “$95-160”.");
    expect(changes.summary).toBe("“How to use a lamp” and “What it costs” changed; “When it is not enough” is new.");
  });
});

describe("what is no change", () => {
  it.each([
    ["quotation marks", `"It's" enough`, "“It’s” enough"],
    ["dashes", "one - two, 4-6 weeks, well-known", "one—two, 4–6 weeks, well‑known"],
    ["white space", "one two\nthree", " one\u00a0two  three "],
    ["bullets", "• one • two", "one\ntwo"],
    ["ellipses and ligatures", "ﬁrst…", "first..."],
  ])("%s", (_, before, after) => {
    const changes = whatChanged(version({ One: before }), version({ One: after }));
    expect(changes.changed).toEqual([]);
    expect(changes.summary).toBe("Nothing changed.");
    expect(nothingChanged(changes)).toBe(true);
  });

  it("a heading in other letters", () => {
    expect(whatChanged(version({ "What It Costs": COST }), version({ "What it costs:": COST })).summary).toBe(
      "Nothing changed.",
    );
  });
});

describe("sections", () => {
  it("are the same when only the heading changed", () => {
    const changes = whatChanged(version({ Cost: COST, Use: USE }), version({ "What you pay": COST, Use: USE }));
    expect(changes).toMatchObject({ renamed: [["Cost", "What you pay"]], added: [], removed: [], changed: [] });
    expect(changes.sentences).toMatchObject([{ section: "What you pay", text: "Was called “Cost”." }]);
  });

  it("are others when heading and text both changed", () => {
    const changes = whatChanged(version({ Cost: COST }), version({ Use: USE }));
    expect(changes).toMatchObject({ renamed: [], added: ["Use"], removed: ["Cost"] });
  });

  it("have moved when their order changed, and only those that left it", () => {
    const changes = whatChanged(version({ A: "a a", B: "b b", C: "c c" }), version({ C: "c c", A: "a a", B: "b b" }));
    expect(changes).toMatchObject({ moved: ["C"], changed: [], added: [] });
  });

  it("of the same name under different headings are told apart", () => {
    const page = (second: string): Section[] => [
      { heading: "Lithium", level: 2, text: "" },
      { heading: "Risks", level: 3, text: "Thirst." },
      { heading: "Light", level: 2, text: "" },
      { heading: "Risks", level: 3, text: second },
    ];
    const [before, after] = [
      version({}, { sections: page("Headache.") }),
      version({}, { sections: page("Headache, glare.").slice(2) }),
    ];
    expect(whatChanged(before, after)).toMatchObject({ removed: ["Lithium", "Risks"], changed: ["Risks"] });
  });
});

describe("sentences", () => {
  it.each([
    ["Wait 4 weeks before you decide.", "Wait 6 weeks before you decide.", "“4 weeks” is now “6 weeks”."],
    [
      "It helps. Take it daily.",
      "It helps. It is not for children. Take it daily.",
      "Now also says: “It is not for children.”",
    ],
    ["It helps. It is cheap. Take it daily.", "It helps. Take it daily.", "No longer says: “It is cheap.”"],
    ["It helps most people, in time.", "It helps most people in time.", "Only punctuation or capitals changed."],
    ["It helps.", "", "Its text was removed."],
    [
      "Lithium is safe for most.",
      "Lithium is not safe for most.",
      "“Lithium is safe for” is now “Lithium is not safe for”.",
    ],
    ["Take 1.5 mg daily, then rest.", "Take 15 mg daily, then rest.", "“1.5 mg” is now “15 mg”."],
    ["Take .5 mg daily, then rest.", "Take 5 mg daily, then rest.", "“.5 mg” is now “5 mg”."],
    ["Scores ≥5 count as high.", "Scores 5 count as high.", "“≥5 count” is now “5 count”."],
    ["It costs $80 or more.", "Update: It costs $80 or more.", "“It costs” is now “Update: It costs”."],
    ["Apples\nPears\nPlums", "Pears\nApples\nPlums", "The same points in another order."],
  ])("%s → %s", (before, after, told) => {
    expect(sentence(before, after)).toBe(told);
  });

  it("join two small edits and count the rest", () => {
    const words = (mark: string) =>
      Array.from({ length: 60 }, (_, n) => (n % 12 === 5 ? `${mark}word${n}` : `plain${n}`)).join(" ");
    expect(sentence(words("old"), words("new"))).toMatch(/^“oldword5” is now “newword5”; .*; 2 more edits\.$/);
  });

  it("say that a text was rewritten when little of it is left", () => {
    expect(sentence(COST, USE)).toMatch(/^Rewritten. It now begins: “Sit an arm's/);
  });

  it("tell of title, summary, references and reviewers", () => {
    const before = version({ One: COST }, { references: ["A", "B"], reviewers: ["Ana Ruiz"] });
    const after = version(
      { One: COST },
      { title: "Bright lamps", summary: "New.", references: ["B", "C"], reviewers: ["Tom Berg"] },
    );
    const changes = whatChanged(before, after);
    expect(changes.sentences.map(({ section, text }) => `${section}: ${text}`)).toEqual([
      "Title: “Lamps” is now “Bright lamps”.",
      "Summary: Now says: “New.”",
    ]);
    expect(changes.head).toEqual([
      { field: "title", before: "Lamps", after: "Bright lamps" },
      { field: "summary", before: null, after: "New." },
    ]);
    expect(changes.references).toEqual({ added: ["C"], removed: ["A"], changed: [] });
    expect(changes.reviewers).toEqual({ added: ["Tom Berg"], removed: ["Ana Ruiz"] });
    expect(nothingChanged(changes)).toBe(false);
  });
});

describe("any two versions", () => {
  const sections = fc.array(
    fc.record({
      heading: fc.lorem({ maxCount: 2 }),
      level: fc.integer({ min: 1, max: 4 }),
      text: fc.oneof(fc.lorem({ maxCount: 40 }), fc.string()),
    }),
    { maxLength: 8 },
  );

  it("account for every section exactly once", () => {
    fc.assert(
      fc.property(sections, sections, (a, b) => {
        const [before, after] = [version({}, { sections: a }), version({}, { sections: b })];
        const changes = whatChanged(before, after);
        expect(a.length - changes.removed.length).toBe(b.length - changes.added.length);
        expect(whatChanged(before, before).summary).toBe("Nothing changed.");
      }),
    );
  });
});
