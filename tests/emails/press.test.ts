import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BadLinkError, type DigestItem, type DigestProps, openDigestPress, renderMail } from "../../emails/index.ts";
import { changes, digest, item, itemCorrection, longDigest, reReviewed } from "./samples.ts";

/** Prints each edition on one press, and expects the very bytes that rendering it by itself gives. */
async function expectSame(editions: DigestProps[]) {
  const press = openDigestPress();
  for (const edition of editions) expect(await press.print(edition)).toEqual(await renderMail("digest", edition));
  return press.renderings;
}

// What could be taken for a seam, for markup or for a pattern of replacing, and what no encoding can write.
const HOSTILE = [
  "\u0001",
  "&#1;&#x1;\\u0001",
  "</td></tr></tbody></table>",
  "<!-- --><!--/$--><!--$-->",
  "<!DOCTYPE html>",
  "$& $1 $` $'",
  "\"'&amp;<b>",
  "\0\ud800 \u202e",
  "__unsubscribe__",
  "👩🏽‍⚕️ a\u0301\u0302",
];
const LONG = "Whether a lamp helps depends on how bright it is & on when it is used. ";

const plain = fc.constantFrom("Light", "Sleep and lithium", "“Panic”", "", " ");
const words = fc.oneof(
  { weight: 4, arbitrary: plain },
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }).map((times) => LONG.repeat(times)) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const day = fc.constantFrom("2026-01-09", "2024-01", "last winter", "\u0001");
const severity = fc.constantFrom("clarification", "correction", "safety");
const lines = fc.array(fc.record({ section: words, text: words }), { maxLength: 12 });

const anyChanges = fc
  .record({ sentences: lines, changed: fc.array(words, { maxLength: 3 }), renamed: fc.array(fc.tuple(words, words)) })
  .map(changes);

const anyFull = fc
  .record({
    kind: fc.constantFrom("published", "re-reviewed", "corrected"),
    title: words,
    summary: orNull(words),
    note: fc.option(words, { nil: null, freq: 3 }),
    changes: fc.oneof(fc.constant(null), fc.constant(changes()), anyChanges),
    publishedOn: orNull(day),
    updatedOn: orNull(day),
    reviewedOn: orNull(day),
    reviewers: fc.constantFrom<string[]>([], ["HeyPsych Medical Review Board"], ["Dr. Ana Ruiz", "<b>"]),
    readingMinutes: orNull(fc.nat(30)),
    references: fc.nat(3),
    topics: fc.uniqueArray(fc.constantFrom("ADHD", "Therapy", "Sleep", "\u0001", ""), { maxLength: 3 }),
    severity: orNull(severity),
    corrections: fc.array(
      fc.record({ severity, wrong: words, right: words, why: orNull(words), correctedOn: fc.constant("2026-01-12") }),
      { maxLength: 2 },
    ),
    reviewOverdueMonths: orNull(fc.nat(40)),
  })
  .map((part) => item({ ...part, url: `https://site.example/a?b=1&c='${part.references}` }) as DigestItem);

/** Of the short list at the end. */
const anyListed = fc
  .record({
    title: words,
    reviewers: fc.constantFrom<string[]>([], ["Board"], ["Dr. Ana Ruiz"]),
    reviewedOn: orNull(day),
  })
  .map((part) => item({ kind: "re-reviewed", changes: changes(), ...part }));

const anyItem = fc.oneof({ weight: 3, arbitrary: anyFull }, { weight: 1, arbitrary: anyListed });

const anyEdition = fc.record({
  items: fc.array(anyItem, { maxLength: 14 }),
  props: fc.record({ locale: fc.constantFrom("en", "es"), subject: orNull(words), intro: orNull(words) }),
  cadence: fc.constantFrom(null, "daily", "weekly"),
  siteName: fc.constantFrom("HeyPsych", '<Hey> \u0001 & "Psych"'),
});

const anyReader = fc.record({
  chosen: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
  discreet: fc.boolean(),
  rest: fc.option(fc.nat(30), { nil: null, freq: 2 }),
});

describe("an edition from the press", () => {
  it("has the bytes of one that is rendered by itself, whichever of the items it tells and whatever they say", async () => {
    const renderings = { pieces: 0, whole: 0, editions: 0 };
    await fc.assert(
      fc.asyncProperty(anyEdition, fc.array(anyReader, { minLength: 1, maxLength: 5 }), async (edition, readers) => {
        const { items, props, cadence, siteName } = edition;
        const site = { ...digest().site, name: siteName };
        const editions = readers.map(({ chosen, discreet, rest }) =>
          digest({
            ...props,
            site,
            cadence,
            discreet,
            items: items.filter((_, place) => chosen[place]),
            rest: rest === null ? null : { count: rest, url: `https://news.example/changes?after=${rest}&x='` },
          }),
        );
        const { pieces, whole } = await expectSame([digest({ ...props, site, cadence, items }), ...editions]);
        renderings.pieces += pieces;
        renderings.whole += whole;
        renderings.editions += 1 + editions.length;
      }),
      { numRuns: 50 },
    );
    expect(renderings.whole).toBe(0);
    expect(renderings.editions).toBeGreaterThanOrEqual(100);
  }, 120_000);

  it("is the same for every subset of seven, grouped by topic or not, in both languages, discreet or not", async () => {
    const items = [
      item({ title: "A", topics: ["ADHD", "Therapy"] }),
      item({ title: "B", topics: ["Sleep"] }),
      item({ title: "C", topics: ["Therapy"] }),
      item({ title: "D", topics: [] }),
      reReviewed({ title: "E", topics: ["Sleep"] }),
      item({ title: "F", kind: "corrected", severity: "safety", note: "We were wrong." }),
      item({ title: "G", kind: "re-reviewed", topics: ["ADHD"] }),
      item({ title: "H", topics: ["Therapy", "Sleep"] }),
    ];
    for (const [locale, discreet] of [
      ["en", false],
      ["es", true],
    ] as const) {
      const subsets = Array.from({ length: 64 }, (_, bits) =>
        digest({ locale, discreet, items: items.filter((_item, place) => place > 5 || (bits >> place) & 1) }),
      );
      expect((await expectSame([digest({ locale, discreet, items }), ...subsets])).whole).toBe(0);
    }
  });

  it("is cut to the same room as one that is rendered by itself, however near it is to the limit", async () => {
    const items = Array.from({ length: 12 }, (_, index) => {
      const sections = Array.from({ length: 9 }, (_unused, n) => ({
        section: `Part ${n}`,
        text: LONG.repeat(index + 1),
      }));
      const long = { wrong: LONG.repeat(9), right: LONG.repeat(9), why: LONG.repeat(9) };
      const corrections = Array.from({ length: 4 }, () => itemCorrection(long));
      const told = changes({ sentences: sections });
      return reReviewed({ title: `Light ${index}`, note: LONG.repeat(9), changes: told, corrections });
    });
    const listed = ["Board", "Dr. Ana Ruiz"].map((name, index) =>
      item({ kind: "re-reviewed", title: `${index} ${LONG.repeat(4)}`, reviewers: [name] }),
    );
    const growing = items.map((_, index) => digest({ items: [...items.slice(0, index + 1), ...listed] }));
    const renderings = await expectSame([...growing, ...growing.slice(0, 4).toReversed()]);
    expect(renderings.whole).toBe(0);
    const press = openDigestPress();
    const sizes: number[] = [];
    for (const edition of growing) sizes.push((await press.print(edition)).html.length);
    const smaller = sizes.filter((size, place) => size < (sizes[place - 1] ?? 0));
    expect(smaller).not.toEqual([]);
  });

  it("renders no item again for another subset of the same items", async () => {
    const press = openDigestPress();
    const whole = longDigest({ intro: "Read this.", subject: "Light", items: longDigest().items.slice(4) });
    await press.print(whole);
    const { pieces } = press.renderings;
    const [first, ...others] = whole.items;
    await press.print({ ...whole, items: others });
    await press.print({ ...whole, items: first ? [...others.slice(3), first] : others });
    expect(press.renderings).toEqual({ pieces, whole: 0 });
  });

  it("is rendered by itself where a text holds the mark of a seam", async () => {
    const renderings = await expectSame([digest({ edition: "\u0001" }), digest(), digest({ edition: "1\u00012" })]);
    expect(renderings.whole).toBe(2);
  });

  it("refuses an address that is none, also in an item that it meets later", async () => {
    const press = openDigestPress();
    await press.print(digest());
    const bad = digest({ items: [item(), item({ url: "javascript:alert(1)" })] });
    await expect(press.print(bad)).rejects.toThrow(new BadLinkError("items.1.url"));
    await expect(press.print(bad)).rejects.toThrow(new BadLinkError("items.1.url"));
  });
});
