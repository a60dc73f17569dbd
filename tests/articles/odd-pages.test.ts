import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodePage } from "../../src/articles/reading/decode-page.ts";
import { type Child, startChild } from "../support/child.ts";
import { type Answer, answerTo, bytesOf, EXPECTED, MADE, oddPageNames, readOddPage } from "./odd-pages.ts";

const LOOKED_FOR = /article/;

describe("every file of the corpus of odd pages", () => {
  it("has its answer written down", () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(oddPageNames());
  });

  it.each(Object.entries(EXPECTED))("is answered with a result or a clear reason: %s", (name, expected) => {
    const answer = readOddPage(name);
    if ("found" in expected) return expect(answer).toEqual(expected);
    expect(answer).toEqual({ refused: expect.stringMatching(expected.refused) });
    expect(answer).toEqual({ refused: expect.stringMatching(LOOKED_FOR) });
  });
});

describe("a page that is built to exhaust its reader", () => {
  /** Far beyond what any of them takes: a page that needs longer never ends. */
  const LIMIT_MS = 110_000;
  let reader: Child;
  beforeAll(() => {
    reader = startChild("tests/articles/odd-page-reader.ts", {});
  });
  afterAll(() => reader.kill("SIGKILL"));

  it.each(Object.entries(MADE))(
    "is answered before it is given up: %s",
    async (name, { refused }) => {
      const answer = await before(LIMIT_MS, reader.ask<Answer>(name));
      if (refused) expect(answer).toEqual({ refused: expect.stringMatching(refused) });
      else expect(answer).toHaveProperty("found");
    },
    LIMIT_MS + 10_000,
  );

  /** Ends a reader that hangs, so that the pages after it are read by another. */
  async function before<T>(limit: number, answer: Promise<T>): Promise<T> {
    const timer = setTimeout(() => void reader.kill("SIGKILL"), limit);
    try {
      return await answer;
    } catch (error) {
      reader = startChild("tests/articles/odd-page-reader.ts", {});
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
});

describe("a page of the corpus with cuts, copies and foreign bytes", () => {
  const pages = oddPageNames().map(bytesOf);
  interface Mutation {
    kind: string;
    at: number;
    length: number;
    bytes: Uint8Array;
    other: number;
  }
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    kind: fc.constantFrom("cut", "double", "splice", "graft"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(400),
    bytes: fc.uint8Array({ maxLength: 30 }),
    other: fc.nat(pages.length - 1),
  });

  it("is read or refused, never more", () => {
    fc.assert(
      fc.property(fc.nat(pages.length - 1), fc.array(mutation, { minLength: 1, maxLength: 6 }), (first, mutations) => {
        const bytes = mutations.reduce(mutated, pages[first] as Uint8Array);
        const answer = answerTo(decodePage(bytes, "text/html"));
        if ("refused" in answer) expect(answer.refused).not.toBe("");
        else expect(answer.found.title).not.toBe("");
      }),
      { numRuns: 1_500 },
    );
  });

  function mutated(page: Uint8Array, { kind, at, length, bytes, other }: Mutation): Uint8Array {
    const from = Math.floor(at * page.length);
    const [start, part, rest] = [page.slice(0, from), page.slice(from, from + length), page.slice(from + length)];
    if (kind === "cut") return Buffer.concat([start, rest]);
    if (kind === "double") return Buffer.concat([start, part, part, rest]);
    const graft = (pages[other] as Uint8Array).slice(from, from + length);
    return Buffer.concat([start, kind === "splice" ? bytes : graft, part, rest]);
  }
});
