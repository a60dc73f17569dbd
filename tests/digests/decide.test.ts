import { describe, expect, it } from "vitest";
import { type DecideInput, decide } from "../../src/digests/decide.ts";
import type { Reader } from "../../src/digests/queries.ts";

const reader = (change: Partial<Reader> = {}): Reader => ({
  id: 1,
  topics: "",
  watermark: 0,
  locale: "en",
  discreet: 0,
  paused_until: null,
  suppressed: null,
  ...change,
});
const events = [
  { seq: 1, topics: ",adhd," },
  { seq: 2, topics: ",anxiety,depression," },
  { seq: 3, topics: "" },
];
const one = (change: Partial<Reader>, input: Partial<DecideInput> = {}) => {
  const [decision] = decide({
    readers: [reader(change)],
    events,
    mode: "sequence",
    told: new Map(),
    from: 0,
    capped: new Map(),
    now: 1000,
    ...input,
  });
  return decision && "seqs" in decision ? decision.seqs : decision?.excluded;
};

describe("deciding what a reader gets", () => {
  it("is everything above the reader's place, for a reader of every topic", () => {
    expect(one({})).toEqual([1, 2, 3]);
    expect(one({ watermark: 1 })).toEqual([2, 3]);
    expect(one({ watermark: 3 })).toBe("nothing-new");
  });

  it("is only what matches the topics, and what has none", () => {
    expect(one({ topics: ",adhd," })).toEqual([1, 3]);
    expect(one({ topics: ",depression," })).toEqual([2, 3]);
    expect(one({ topics: ",bipolar,", watermark: 2 })).toEqual([3]);
  });

  it("does not take one topic for another whose name it is part of", () => {
    expect(one({ topics: ",anx," })).toEqual([3]);
  });

  it("leaves out what another digest told", () => {
    expect(one({}, { told: new Map([[1, new Set([1, 3])]]) })).toEqual([2]);
    expect(one({}, { told: new Map([[1, new Set([1, 2, 3])]]) })).toBe("nothing-new");
  });

  it("goes by what was told, not by the place, when the events were picked", () => {
    expect(one({ watermark: 3 }, { mode: "picked" })).toEqual([1, 2, 3]);
    expect(one({ watermark: 3 }, { mode: "picked", told: new Map([[1, new Set([2])]]) })).toEqual([1, 3]);
  });

  it("is nothing for readers who pause, until the pause ends", () => {
    expect(one({ paused_until: 1001 })).toBe("paused");
    expect(one({ paused_until: 1000 })).toEqual([1, 2, 3]);
  });

  it("is nothing for readers whom the weekly cap holds", () => {
    expect(one({}, { capped: new Map([[1, 2000]]) })).toBe("weekly-cap");
  });

  it("is the next edition's for a reader who came after the start with more to be told than this one holds", () => {
    expect(one({ watermark: 0 }, { from: 1 })).toBe("next-edition");
    expect(one({ watermark: 1 }, { from: 1 })).toEqual([2, 3]);
    expect(one({ watermark: 0 }, { from: 1, mode: "picked" })).toEqual([1, 2, 3]);
  });

  it("is nothing for the suppressed", () => {
    expect(one({ suppressed: "complaint" })).toBe("suppressed");
  });
});
