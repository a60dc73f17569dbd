import { describe, expect, it } from "vitest";
import {
  nothingChanged,
  type Section,
  tellChanges,
  type VersionContent,
  whatChanged,
} from "../../src/articles/index.ts";
import { readChanges } from "../../src/articles/read-changes.ts";

type Row = [heading: string, text: string, level?: number];

/** A version whose sections may share a heading, and stand under one another. */
function page(rows: Row[], more: Partial<VersionContent> = {}): VersionContent {
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
    sections: rows.map(([heading, text, level = 2]): Section => ({ heading, level, text })),
    ...more,
  };
}

const COST = "A tested lamp costs $80-140 and lasts for years. Renting one for a month costs $25-30.";
const USE = "Sit an arm's length away for twenty minutes, within an hour of waking. Read or eat meanwhile.";
const INSURANCE =
  "Most insurers do not pay for a lamp. Ask yours before you buy, and keep the receipt of the purchase.";
const RISKS = "Some people get headaches or feel restless in the first week. It passes when they sit farther away.";
const LATER = RISKS.replace("first week", "first month");

const cost: Row = ["Cost", COST];
const use: Row = ["Use", USE];
const insurance: Row = ["Insurance", INSURANCE];
const change = (before: Row[], after: Row[]) => whatChanged(page(before), page(after));

/** Every sentence of a change, each after the name of its section. */
const told = (before: Row[], after: Row[]) =>
  change(before, after).sentences.map(({ section, text }) => `${section}: ${text}`);

describe("two sections under one heading", () => {
  const both: Row[] = [
    ["FAQ", COST],
    ["FAQ", USE],
  ];

  it("are each compared with their own former text", () => {
    expect(
      told(both, [
        ["FAQ", COST.replace("80", "90")],
        ["FAQ", USE],
      ]),
    ).toEqual(["FAQ: “$80-140” is now “$90-140”."]);
  });

  it("keep theirs when a third comes in front", () => {
    expect(told(both, [["FAQ", RISKS], ...both])).toEqual([`FAQ: New section: “${RISKS}”`]);
  });

  it("are not said to have moved when only their namesake did", () => {
    const changes = change([["FAQ", COST], use, ["FAQ", RISKS]], [["FAQ", RISKS], ["FAQ", COST], use]);
    expect(changes.moved).toEqual(["FAQ"]);
    expect(changes.sentences).toHaveLength(1);
  });
});

describe("a section split in two", () => {
  const before: Row[] = [["Cost", `${COST}\n${INSURANCE}`], use];

  it("is told as text that stands elsewhere, not as text that is gone and text that is new", () => {
    expect(told(before, [cost, insurance, use])).toEqual([
      "Cost: Part of it now stands under “Insurance”.",
      "Insurance: New section, with text that stood under “Cost”.",
    ]);
  });

  it("still tells what else changed in it", () => {
    expect(told(before, [["Cost", COST.replace("80", "95")], insurance, use])[0]).toBe(
      "Cost: Part of it now stands under “Insurance”. “$80-140” is now “$95-140”.",
    );
  });
});

it("a section merged into another is told as text that stands elsewhere", () => {
  expect(told([cost, insurance], [["Cost", `${COST}\n${INSURANCE}`]])).toEqual([
    "Cost: Now also holds what stood under “Insurance”.",
    "Insurance: Its text now stands under “Cost”.",
  ]);
});

describe("a section to which several things happened", () => {
  const before: Row[] = [cost, use, ["Risks", RISKS]];

  it("moved and changed", () => {
    expect(told(before, [["Risks", LATER], cost, use])).toEqual([
      "Risks: “week” is now “month”. Moved within the article.",
    ]);
  });

  it("renamed, moved and changed", () => {
    const changes = change(before, [["Side effects", LATER], cost, use]);
    const renamed = [["Risks", "Side effects"]];
    expect(changes).toMatchObject({ added: [], removed: [], renamed, moved: ["Side effects"] });
    expect(changes.changed).toEqual(["Side effects"]);
    expect(changes.sentences[0]?.text).toBe("Was called “Risks”. “week” is now “month”. Moved within the article.");
  });

  it("renamed, while its old name went to a new section", () => {
    expect(told([cost, use], [["Cost abroad", COST], ["Cost", INSURANCE], use])).toEqual([
      "Cost abroad: Was called “Cost”.",
      `Cost: New section: “${INSURANCE}”`,
    ]);
  });

  it("emptied, or filled", () => {
    expect(told([cost], [["Cost", ""]])).toEqual(["Cost: Its text was removed."]);
    expect(told([["Cost", ""]], [cost])).toEqual([`Cost: Now says: “${COST}”`]);
  });
});

describe("headings under headings", () => {
  it("move with the section they belong to, which alone is said to have moved", () => {
    const lithium: Row[] = [
      ["Lithium", ""],
      ["Risks", RISKS, 3],
    ];
    const rest = [use, cost, insurance];
    expect(change([...lithium, ...rest], [...rest, ...lithium]).moved).toEqual(["Lithium"]);
  });

  it("are others when they stand under another heading and say something else", () => {
    const changes = change([["Lithium", ""], ["Risks", RISKS, 3], cost], [["Ketamine", ""], ["Risks", USE, 3], cost]);
    expect(changes).toMatchObject({ added: ["Ketamine", "Risks"], removed: ["Lithium", "Risks"], changed: [] });
  });

  it("stay the same under a heading that has another name", () => {
    const renamed = change(
      [
        ["Lithium", ""],
        ["Risks", RISKS, 3],
      ],
      [
        ["A mood stabiliser", ""],
        ["Risks", LATER, 3],
      ],
    );
    expect(renamed).toMatchObject({ renamed: [["Lithium", "A mood stabiliser"]], changed: ["Risks"], removed: [] });
  });

  it("may stand deeper or flatter: the outline is a matter of the template", () => {
    const deep: Row[] = [cost, ["Use", USE, 3], ["Insurance", INSURANCE, 3]];
    expect(change(deep, [cost, use, insurance]).summary).toBe("Nothing changed.");
  });

  it("may be numbered anew", () => {
    const before: Row[] = [
      ["1. Cost", COST],
      ["2. Use", USE],
    ];
    const after: Row[] = [
      ["1. Risks", RISKS],
      ["2. Cost", COST],
      ["3. Use", USE],
    ];
    expect(change(before, after)).toMatchObject({ added: ["1. Risks"], renamed: [], changed: [] });
  });

  it("may get a word in front", () => {
    const updated: Row = ["Update: Cost of lamps", COST.replace("80", "90")];
    const { renamed, changed } = change([["Cost of lamps", COST]], [updated]);
    expect([renamed, changed]).toEqual([[["Cost of lamps", "Update: Cost of lamps"]], ["Update: Cost of lamps"]]);
  });
});

describe("the text before the first heading", () => {
  it("is the opening, in the reader's language", () => {
    const changes = change([["", COST], use], [["", COST.replace("80", "90")], use]);
    expect(changes).toMatchObject({ changed: ["Opening"], summary: "The opening changed." });
    const spanish = tellChanges(changes, "es");
    expect(spanish).toMatchObject({ sentences: [{ section: "Comienzo" }], summary: "El comienzo cambió." });
  });

  it("is the same text when it is given a heading", () => {
    const changes = change([["", COST], use], [["Overview", COST], use]);
    expect(changes).toMatchObject({ renamed: [["Opening", "Overview"]], added: [], removed: [] });
    expect(changes.sentences[0]?.text).toBe("Was the opening of the article.");
  });
});

describe("references", () => {
  const smith = (year: number, doi = "abc") =>
    `Smith J. Light therapy for depression. ${year}. https://doi.org/10.1/${doi}`;
  const references = (before: string[], after: string[]) =>
    whatChanged(page([cost], { references: before }), page([cost], { references: after })).references;

  it.each([
    ["another order", [smith(2019), "Berg T. Lamps. 2020"], ["Berg T. Lamps. 2020", smith(2019)]],
    ["other numbers", [`1. ${smith(2019)}`, `[2] ${smith(2020)}`], [`2. ${smith(2019)}`, `[3] ${smith(2020)}`]],
    ["other dashes", ["Pages 4-6"], ["Pages 4–6"]],
  ])("are the same in %s", (_, before, after) => {
    expect(references(before, after)).toEqual({ added: [], removed: [], changed: [] });
  });

  it.each([
    ["year", smith(2021)],
    ["address", smith(2019, "xyz")],
  ])("are changed, not gone and new, when only the %s is another", (_, after) => {
    expect(references([smith(2019)], [after, "Ruiz A. Dawn simulators. 2024"])).toEqual({
      added: ["Ruiz A. Dawn simulators. 2024"],
      removed: [],
      changed: [[smith(2019), after]],
    });
  });
});

it("days are told apart from the text, by field, before and after", () => {
  const days = { publishedOn: "2024-01", updatedOn: null, reviewedOn: "2025-01-09" };
  const later = { ...days, updatedOn: "2026-01-09", reviewedOn: "2026-01-09" };
  const changes = whatChanged(page([cost], days), page([cost], later));
  expect(changes.dates).toEqual([
    { field: "updated", before: null, after: "2026-01-09" },
    { field: "reviewed", before: "2025-01-09", after: "2026-01-09" },
  ]);
  expect(changes.summary).toBe("Reviewed again; it says the same as before.");
  expect(nothingChanged(changes)).toBe(true);
});

describe("the one line for the mail", () => {
  const lines = (before: VersionContent, after: VersionContent) => {
    const changes = whatChanged(before, after);
    return [changes.summary, tellChanges(changes, "es").summary];
  };

  it("puts first what matters most, in plain words of the reader's language", () => {
    const before: Row[] = [["The Reality of Cost", COST], use, ["Risks", RISKS], ["Old", INSURANCE]];
    const after = before.slice(0, 3).map(([heading, text]): Row => [heading, `${text} Ask your doctor first.`]);
    expect(lines(page(before), page(after, { references: ["A trial"] }))).toEqual([
      "“The Reality of Cost” and two other sections changed; “Old” was removed; 1 reference added.",
      "«The Reality of Cost» y otras dos secciones cambiaron; «Old» se ha retirado; 1 referencia añadida.",
    ]);
  });

  it("names who reviews it now", () => {
    expect(lines(page([cost], { reviewers: ["Ana Ruiz"] }), page([cost], { reviewers: ["Tom Berg"] }))).toEqual([
      "Reviewed by Tom Berg instead of Ana Ruiz.",
      "Revisado por Tom Berg en lugar de Ana Ruiz.",
    ]);
  });

  it("stays one line, whatever happened", () => {
    const long = "A heading of many words ".repeat(12).trim();
    const many = (text: string, from: number) =>
      Array.from({ length: 60 }, (_, n): Row => [`${long} ${n + from}`, `${text} ${n}`]);
    const changes = whatChanged(page(many(COST, 0)), page(many(USE, 30), { title: long }));
    expect(changes.summary.length).toBeLessThan(400);
  });
});

describe("what an event stored", () => {
  it("is told in Spanish with the quotations as they are", () => {
    const changes = change([["One", "Wait 4 weeks. It helps."]], [["One", "Wait 6 weeks. It helps."]]);
    const stored = readChanges(JSON.stringify(changes));
    expect(stored && tellChanges(stored, "es").sentences[0]?.text).toBe("«4 weeks» es ahora «6 weeks».");
    expect(stored?.sentences[0]?.text).toBe("“4 weeks” is now “6 weeks”.");
  });

  it("before the parts of its sentences were kept stays as it was", () => {
    const sentences = [{ section: "One", text: "Old words." }];
    const old = readChanges(JSON.stringify({ changed: ["One"], sentences, summary: "Changed: One." }));
    expect(old).toMatchObject({ added: [], head: [], dates: [], references: { added: [], changed: [] } });
    expect(old && tellChanges(old, "es")).toMatchObject({ sentences, summary: "Changed: One." });
  });
});
