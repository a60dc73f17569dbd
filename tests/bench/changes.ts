import { compareContents } from "../../src/articles/compare-contents.ts";
import { type Section, type VersionContent, whatChanged } from "../../src/articles/index.ts";
import { wordsOf } from "../../src/articles/words-of.ts";
import { type Benchmark, type BenchOptions, type Findings, peakRssMb, percentile } from "./benchmark.ts";

/** Telling what changed in a long article, compared with reading the same two texts from storage word by word. */
export const changes: Benchmark = {
  about: "milliseconds to tell what changed in a 5,000-word article, compared with reading both texts (N: rounds)",
  subscribers: 50,
  run: runChanges,
};

const SECTIONS = 20;
const WORDS = 250;

async function runChanges({ subscribers: rounds, say }: BenchOptions): Promise<Findings> {
  const text = writer(7);
  const before = article(text, SECTIONS, WORDS);
  const edited = (share: number, some: (place: number) => boolean = () => true) => ({
    ...before,
    sections: before.sections.map((one, place) => (some(place) ? { ...one, text: text.edit(one.text, share) } : one)),
  });
  const renamed = (version: VersionContent) => ({
    ...version,
    sections: version.sections.map((one, place) => ({ ...one, heading: `Another name ${place}` })),
  });
  const few = edited(0.02, (place) => place % 7 === 3);
  const short = article(text, 400, 12);
  const cases: Record<string, [VersionContent, VersionContent]> = {
    manyEdits: [before, edited(0.08)],
    editsEverywhere: [before, edited(0.25)],
    oneRewritten: [
      before,
      { ...before, sections: before.sections.map((one, at) => (at === 4 ? text.section(4) : one)) },
    ],
    allRenamed: [before, renamed(before)],
    allRenamedAndEdited: [before, renamed(edited(0.05))],
    allWrittenAnew: [before, article(text, SECTIONS, WORDS)],
    sections400: [
      short,
      { ...short, sections: short.sections.map((one) => ({ ...one, text: text.edit(one.text, 0.1) })) },
    ],
    sections400Anew: [short, article(text, 400, 12)],
  };
  const coldMs = clock(() => whatChanged(before, few));
  const figure = middle(rounds, () => whatChanged(before, few));
  const ceiling = middle(rounds, readBoth(before, few));
  say(`a few edits: ${figure.toFixed(1)} ms; the first time ${coldMs.toFixed(1)} ms`);
  const found = Object.entries(cases).map(([name, [old, now]]): [string, number] => {
    const ms = middle(Math.ceil(rounds / 4), () => whatChanged(old, now));
    say(`${name}: ${ms.toFixed(1)} ms`);
    return [`${name}Ms`, ms];
  });
  const weaveMs = middle(rounds, () => compareContents(before, few));
  const unit = "ms to compare two versions";
  const ratio = ceiling / figure;
  return { figure, unit, ceiling, ratio, peakRssMb: peakRssMb(), coldMs, ...Object.fromEntries(found), weaveMs };
}

/** What no comparison can do without: the rows parsed and their words told apart. */
function readBoth(...versions: VersionContent[]): () => number {
  const stored = versions.map(({ sections }) => JSON.stringify(sections));
  return () =>
    stored.reduce(
      (sum, json) => sum + (JSON.parse(json) as Section[]).reduce((words, { text }) => words + wordsOf(text).length, 0),
      0,
    );
}

function article(text: ReturnType<typeof writer>, sections: number, words: number): VersionContent {
  return {
    title: "A long article",
    summary: text.prose(30),
    publishedOn: "2024-01-15",
    updatedOn: "2026-01-09",
    reviewedOn: "2026-01-09",
    reviewers: ["Review Board"],
    readingMinutes: 22,
    references: Array.from({ length: 30 }, (_, place) => `${text.prose(12)} ${1990 + place}`),
    topics: [],
    sections: Array.from({ length: sections }, (_, place) => text.section(place, words)),
  };
}

/** Writes prose of words as frequent as those of a language (Zipf), the same for the same seed. */
function writer(seed: number) {
  let state = seed;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const word = () => `w${Math.floor(3_000 ** random()).toString(36)}`;
  const sentence = () => `${Array.from({ length: 8 + Math.floor(random() * 12) }, word).join(" ")}.`;
  const prose = (words: number) => {
    let all = sentence();
    while (all.split(" ").length < words) all += ` ${sentence()}`;
    return all;
  };
  const section = (place: number, words = WORDS): Section => ({
    heading: `${word()} ${word()} ${place}`,
    level: 2,
    text: prose(words),
  });
  const edit = (all: string, share: number) =>
    all
      .split(" ")
      .map((one) => (random() < share ? `edited${word()}` : one))
      .join(" ");
  return { prose, section, edit };
}

function clock(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The middle of several rounds, whatever else the machine does. */
function middle(rounds: number, work: () => unknown): number {
  return percentile(
    Array.from({ length: rounds }, () => clock(work)),
    0.5,
  );
}
