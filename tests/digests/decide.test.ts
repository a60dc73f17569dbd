import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DecideInput,
  decide,
  type TellableEvent,
  variantKey,
  variantKeys,
  wantedIn,
} from "../../src/digests/decide.ts";
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
const event = (seq: number, topics: string, change: Partial<TellableEvent> = {}): TellableEvent => ({
  seq,
  topics,
  articleId: seq,
  versionId: seq,
  corrects: null,
  ...change,
});
const events = [event(1, ",adhd,"), event(2, ",anxiety,depression,"), event(3, "")];
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
    expect(one({}, { told: new Map([[1, new Set([1, 2, 3])]]) })).toBe("already-sent");
    expect(one({ topics: ",bipolar," }, { events: [event(1, ",adhd,")], told: new Map([[1, new Set([1])]]) })).toBe(
      "nothing-new",
    );
  });

  it("goes by what was told, not by the place, when the events were picked", () => {
    expect(one({ watermark: 3 }, { mode: "picked" })).toEqual([1, 2, 3]);
    expect(one({ watermark: 3 }, { mode: "picked", told: new Map([[1, new Set([2])]]) })).toEqual([1, 3]);
  });

  it("is no correction by itself, but with the mistake when that is about to be told", () => {
    const corrected = [...events, event(4, ",adhd,", { articleId: 1, corrects: [1] })];
    expect(one({}, { events: corrected })).toEqual([1, 2, 3, 4]);
    expect(one({ topics: ",depression," }, { events: corrected })).toEqual([2, 3]);
    expect(one({ watermark: 1 }, { events: corrected })).toEqual([2, 3]);
    expect(one({}, { events: corrected, told: new Map([[1, new Set([1])]]) })).toEqual([2, 3]);
    expect(one({ watermark: 3 }, { events: corrected })).toBe("nothing-new");
  });

  it("is a correction that was picked, for whoever was sent the mistake and not yet told", () => {
    const input = { events: [event(4, "", { corrects: [1] })], mode: "picked" as const };
    const owedCorrections = new Map([[1, new Set([4])]]);
    expect(one({}, input)).toBe("nothing-new");
    expect(one({}, { ...input, owedCorrections })).toEqual([4]);
    expect(one({}, { ...input, owedCorrections, told: new Map([[1, new Set([4])]]) })).toBe("already-sent");
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

describe("deciding many pages", () => {
  const SLUGS = ["adhd", "anxiety", "depression", "therapy"];
  const topics = fc.subarray(SLUGS).map((slugs) => (slugs.length === 0 ? "" : `,${slugs.join(",")},`));
  const anyEvents = fc.array(fc.record({ topics, corrects: fc.option(fc.nat(6), { freq: 2 }) }), { maxLength: 7 });
  const anyReaders = fc.array(fc.record({ topics, watermark: fc.nat(8), discreet: fc.constantFrom(0, 1) }));

  it("gives each reader what deciding that reader alone gives, and names it the same", () => {
    const modes = fc.constantFrom("sequence", "picked");
    fc.assert(
      fc.property(anyEvents, anyReaders, modes, (made, readers, mode) => {
        const events = made.map(({ topics, corrects }, place) =>
          event(place + 1, topics, { corrects: corrects === null ? null : [corrects] }),
        );
        const input = { events, mode, told: new Map(), from: 0, capped: new Map(), now: 1000 };
        const [wantedBy, keyOf] = [wantedIn(events, mode), variantKeys()];
        for (const change of readers) {
          const [shared] = decide({ ...input, readers: [reader(change)], wantedBy });
          const [alone] = decide({ ...input, readers: [reader(change)] });
          expect(shared).toEqual(alone);
          if (shared && "seqs" in shared)
            expect(keyOf(shared.seqs, shared.reader)).toBe(variantKey(shared.seqs, shared.reader));
          const above = mode === "sequence" ? change.watermark : 0;
          const told = shared && "seqs" in shared ? shared.seqs : [];
          const news = events.filter(({ seq, corrects, topics }) => {
            const chosen =
              change.topics === "" ||
              topics === "" ||
              SLUGS.some((slug) => [topics, change.topics].every((set) => set.includes(`,${slug},`)));
            return corrects === null && seq > above && chosen;
          });
          expect(told.filter((seq) => events[seq - 1]?.corrects === null)).toEqual(news.map(({ seq }) => seq));
        }
      }),
    );
  });
});
