import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTexts, type Line, type Piece, piecesOf } from "../../src/articles/compare-texts.ts";
import { wordsOf } from "../../src/articles/words-of.ts";

/** Lines as a reader sees them: `[-gone-]`, `{+new+}`, `~2~` for two lines that stayed. */
const seen = (lines: Line[]) =>
  lines.map((line) => (typeof line === "number" ? `~${line}~` : line.map(mark).join(""))).join("\n");
const mark = ({ kind, text }: Piece) => (kind === "same" ? text : kind === "removed" ? `[-${text}-]` : `{+${text}+}`);

describe("before and after in one text", () => {
  it.each([
    [
      "a range is replaced whole",
      "It costs $590-885 a visit.",
      "It costs $600-900 a visit.",
      "It costs [-$590-885-] {+$600-900+} a visit.",
    ],
    [
      "one end of a range as well",
      "It costs $590-885 a visit.",
      "It costs $590-900 a visit.",
      "It costs [-$590-885-] {+$590-900+} a visit.",
    ],
    [
      "a word that came stands where it came",
      "It is safe for most.",
      "It is not safe for most.",
      "It is {+not+} safe for most.",
    ],
    [
      "lines that stayed are counted",
      "One.\nTwo.\nThree words here.",
      "One.\nTwo.\nThree words there.",
      "~2~\nThree words [-here.-] {+there.+}",
    ],
    [
      "a paragraph that went is a line of its own",
      "It helps.\nIt is cheap.\nTake it daily.",
      "It helps.\nTake it daily.",
      "~1~\n[-It is cheap.-]\n~1~",
    ],
    [
      "a rewritten text follows the old one",
      "Sit before it.",
      "Renting one costs money.",
      "[-Sit before it.-]\n{+Renting one costs money.+}",
    ],
    ["a first text is all new", "", "It helps.\nDaily.", "{+It helps.+}\n{+Daily.+}"],
    ["typography is no change", "It's “good” - now.", 'It’s "good" — now.', "~1~"],
  ])("%s", (_, before, after, expected) => {
    expect(seen(compareTexts(before, after))).toBe(expected);
  });

  it("cuts long stretches that stayed to the words around a change", () => {
    const [line] = compareTexts(
      `${"word ".repeat(300)}old ${"tail ".repeat(300)}`,
      `${"word ".repeat(300)}new ${"tail ".repeat(300)}`,
    );
    const text = seen([line as Line]);
    expect(text).toMatch(/^… word .*word \[-old-\] \{\+new\+\} tail .* …$/);
    expect(text.length).toBeLessThan(300);
  });

  it("loses no word of either text, whatever they are", () => {
    const words = fc.array(fc.constantFrom("a", "b", "c-d", "e.", "4-6", "f\n", "—", "g’s"), { maxLength: 40 });
    const keys = (pieces: Piece[], kinds: Piece["kind"][]) =>
      pieces.filter(({ kind }) => kinds.includes(kind)).flatMap(({ text }) => wordsOf(text).map(({ key }) => key));
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [before, after] = [a.join(" "), b.join(" ")];
        const pieces = piecesOf(before, after);
        expect(keys(pieces, ["same", "added"])).toEqual(wordsOf(after).map(({ key }) => key));
        expect(keys(pieces, ["same", "removed"])).toEqual(wordsOf(before).map(({ key }) => key));
      }),
      { numRuns: 500 },
    );
  });
});
