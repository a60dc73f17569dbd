import { describe, expect, it } from "vitest";
import { type DigestSourceEvent, type VersionContent, whatChanged } from "../../src/articles/index.ts";
import { composeEdition } from "../../src/digests/compose.ts";

const version = (change: Partial<VersionContent> = {}): VersionContent => ({
  title: "Morning light",
  summary: "What a lamp can do.",
  publishedOn: "2025-03-04",
  updatedOn: null,
  reviewedOn: "2025-03-04",
  reviewers: ["Review Panel"],
  readingMinutes: 6,
  references: ["Trials, pooled"],
  topics: [],
  sections: [{ heading: "Cost", level: 2, text: "A lamp costs 80 dollars." }],
  ...change,
});

const event = (seq: number, change: Partial<DigestSourceEvent> = {}): DigestSourceEvent => ({
  seq,
  kind: "published",
  note: null,
  topics: ["depression"],
  articleId: seq,
  slug: `article-${seq}`,
  url: `https://calm.example/article-${seq}`,
  createdAt: seq,
  correction: null,
  versionId: seq,
  version: version(),
  previousVersion: null,
  changes: null,
  ...change,
});

const costs = (dollars: number) =>
  version({ sections: [{ heading: "Cost", level: 2, text: `A lamp costs ${dollars} dollars.` }] });
const reviewed = (seq: number, from: VersionContent, to: VersionContent, change: Partial<DigestSourceEvent> = {}) =>
  event(seq, { kind: "re-reviewed", version: to, previousVersion: from, changes: whatChanged(from, to), ...change });

const options = {
  topicNames: new Map([["depression", "Depression"]]),
  changesUrl: (slug: string) => `https://news.example/changes/${slug}`,
  today: "2025-06-01",
  reviewMonths: 12,
};
const compose = (events: DigestSourceEvent[]) => composeEdition(events, options).items;
const corrects = (seq: number, wrongVersionIds: number[], severity: "correction" | "safety" = "correction") => ({
  seq,
  severity,
  wrong: "A lamp costs 1 dollar.",
  right: "A lamp costs 2 dollars.",
  why: null,
  passage: null,
  versions: [1],
  wrongSince: "2025-03-04",
  correctedAt: Date.UTC(2025, 4, 2),
  note: null,
  slug: "article",
  title: "Morning light",
  digest: null,
  wrongVersionIds,
});

describe("composing an edition", () => {
  it("puts corrections first, then reviews that changed something, new articles, and reviews that changed nothing", () => {
    const items = compose([
      reviewed(1, costs(80), costs(80)),
      event(2),
      reviewed(3, costs(80), costs(90)),
      event(4, {
        kind: "corrected",
        previousVersion: costs(1),
        version: costs(2),
        changes: whatChanged(costs(1), costs(2)),
      }),
      event(5),
    ]);
    expect(items.map((item) => item.url.split("-").at(-1))).toEqual(["4", "3", "5", "2", "1"]);
  });

  it("tells several events of one article as one item, with what changed since before the first of them", () => {
    const items = compose([
      reviewed(1, costs(80), costs(90), { articleId: 7 }),
      reviewed(2, costs(90), costs(95), { articleId: 7 }),
    ]);
    expect(items).toHaveLength(1);
    expect(items[0]?.changes?.changed).toEqual(["Cost"]);
    expect(items[0]?.changes?.sentences[0]?.text).toMatch(/80.*95|95.*80/);
  });

  it("tells what changed in the reader's language", () => {
    const { items } = composeEdition([reviewed(1, costs(80), costs(90))], { ...options, locale: "es" });
    expect(items[0]?.changes).toMatchObject({
      sentences: [{ section: "Cost", text: "«80 dollars» es ahora «90 dollars»." }],
      summary: "«Cost» cambió.",
    });
  });

  it("says nothing changed when a later review took an earlier change back", () => {
    const items = compose([
      reviewed(1, costs(80), costs(90), { articleId: 7 }),
      reviewed(2, costs(90), costs(80), { articleId: 7 }),
    ]);
    expect(items[0]?.changes?.changed).toEqual([]);
  });

  it("tells a correction with the article that it corrects, as the article stands now", () => {
    const published = event(1, { articleId: 7, versionId: 1, version: costs(1) });
    const corrected = event(2, {
      kind: "corrected",
      articleId: 7,
      versionId: 2,
      version: costs(2),
      previousVersion: costs(1),
      changes: whatChanged(costs(1), costs(2)),
      correction: corrects(2, [1]),
    });
    const { items, carried } = composeEdition([published, corrected], options);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ kind: "published", severity: "correction" });
    expect(items[0]?.corrections).toMatchObject([{ right: "A lamp costs 2 dollars.", correctedOn: "2025-05-02" }]);
    expect(carried).toEqual([2]);
  });

  it("carries a version also where it corrects it, since that may be wrong in another way", () => {
    const still = event(2, { kind: "corrected", articleId: 7, versionId: 1, correction: corrects(2, [1]) });
    expect(composeEdition([event(1, { articleId: 7, versionId: 1 }), still], options).carried).toEqual([1]);
  });

  it("puts what concerns safety before every other correction", () => {
    const items = compose([
      event(1, { kind: "corrected", correction: corrects(1, [], "safety") }),
      event(2, { kind: "corrected", correction: corrects(2, []) }),
    ]);
    expect(items.map((item) => item.severity)).toEqual(["safety", "correction"]);
  });

  it("tells the twelve most important articles to a reader who was away, names ten, and counts the rest", () => {
    const told = Array.from({ length: 100 }, (_, place) => event(place + 1));
    const unchanged = Array.from({ length: 40 }, (_, place) => reviewed(place + 101, costs(80), costs(80)));
    const { items, rest, carried } = composeEdition(
      [...told, ...unchanged, reviewed(200, costs(1), costs(2))],
      options,
    );
    expect(items).toHaveLength(22);
    expect(items[0]?.url).toMatch(/article-200$/);
    expect(items[1]?.url).toMatch(/article-100$/);
    expect(rest).toBe(119);
    expect(carried).toHaveLength(22);
  });

  it("says when the last review is older than the site allows", () => {
    const now = { ...options, today: "2026-04-05" };
    expect(composeEdition([event(1)], now).items[0]?.reviewOverdueMonths).toBe(13);
    expect(compose([event(1)])[0]?.reviewOverdueMonths).toBeNull();
  });

  it("names topics as the site does, and a topic that is gone by its slug", () => {
    expect(compose([event(1, { topics: ["depression", "gone"] })])[0]?.topics).toEqual(["Depression", "gone"]);
  });

  it("lets no page ask for a reader's token, in text or link", () => {
    const text = "__unsubscribe__ __preferences__ __confirm__ __not-me__ ____unsubscribe____";
    const hostile = version({
      title: text,
      summary: text,
      reviewers: [text],
      sections: [{ heading: text, level: 2, text }],
    });
    const items = compose([
      reviewed(1, version(), hostile, {
        url: "https://evil.example/?t=__unsubscribe__",
        note: text,
        slug: "__confirm__",
      }),
    ]);
    expect(JSON.stringify(items)).not.toMatch(/__(confirm|not-me|preferences|unsubscribe)__/);
  });
});
