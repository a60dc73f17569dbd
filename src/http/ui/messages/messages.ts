import type { Place } from "../../../articles/changes.ts";
import type { EventKind, Severity } from "../../../articles/table.ts";
import type { Cadence } from "../../../subscribers/words.ts";

/** A page's title and the sentences under it. */
export interface Words {
  title: string;
  text: string;
}

/** Every word that the reader pages say by themselves, in one language. */
export interface Messages {
  /** BCP 47 tag that dates are written in. */
  tag: string;
  dir: "ltr" | "rtl";
  /** The language in its own words. */
  name: string;

  frame: {
    skip: string;
    earlier: string;
    subscribe: string;
    mailbox: string;
    language: string;
  };

  home: {
    title: (site: string) => string;
    text: string;
    points: string[];
    latest: string;
  };

  form: {
    title: (site: string) => string;
    text: string;
    email: string;
    emailHint: string;
    choose: string;
    chooseHint: string;
    button: string;
    /** Said by the embedded form when nobody answers. */
    unreachable: string;
    trap: string;
    problems: string;
  };

  choices: {
    topics: string;
    topicsHint: string;
    everything: string;
    chosen: string;
    rhythm: string;
    cadences: Record<Cadence, { name: string; hint: string }>;
    zone: string;
    zoneHint: string;
    locale: string;
  };

  /** What is wrong with a field; `text` is what the check itself said, in English. */
  wrong: (field: string, text: string) => string;

  inbox: {
    title: string;
    sent: string;
    next: string;
    nothing: string;
    mend: string;
    mendButton: string;
  };

  confirm: Record<"ask" | "already" | "expired" | "unknown", Words> & {
    button: string;
    done: string;
    next: Record<Exclude<Cadence, "immediate">, (day: string) => string> & { immediate: () => string };
    optional: string;
    preferences: string;
    again: string;
  };

  notMe: Record<"ask" | "done", Words> & { button: string };

  leave: Record<"ask" | "done", Words> & { button: string; undo: string; undoLink: string };

  preferences: {
    title: string;
    text: string;
    address: string;
    privacy: string;
    discreet: string;
    discreetHint: string;
    pause: string;
    pauseKeep: (day: string) => string;
    pauseEnd: string;
    pauseNone: string;
    weeks: (count: number) => string;
    save: string;
    saved: (choice: { cadence: Cadence; topics: number; pausedUntil: string | null }) => string;
    chooseOne: string;
    data: string;
    dataText: string;
    export: string;
    leave: string;
    leaveText: string;
    leaveButton: string;
    erase: string;
    eraseText: string;
    eraseAsk: Words;
    eraseButton: string;
    eraseConfirm: string;
    erased: Words;
    back: string;
    departed: Words;
  };

  archive: {
    title: string;
    text: string;
    empty: string;
    older: string;
    feed: string;
    /** Over an edition that carried what was corrected since. */
    corrected: { title: string; since: (title: string, day: string) => string; link: string };
  };

  changes: {
    /** Over the article's title. */
    kicker: string;
    title: (article: string) => string;
    text: string;
    read: string;
    version: (number: number) => string;
    first: string;
    taken: (day: string) => string;
    kinds: Record<EventKind, string>;
    noEvent: string;
    firstSeen: string;
    nothing: string;
    published: string;
    updated: string;
    reviewed: string;
    reviewers: string;
    references: string;
    referencesAdded: string;
    referencesRemoved: string;
    referencesChanged: string;
    reviewersAdded: string;
    reviewersRemoved: string;
    editorNote: string;
    /** A day that changed: what it is now, and what it was. */
    dayChanged: (after: string | null, before: string | null) => string;
    instead: (before: string) => string;
    older: string;
    newest: string;
    all: string;
  };

  corrections: {
    severities: Record<Severity, string>;
    wrong: string;
    right: string;
    why: string;
    /** Since when until when, and which versions. */
    wrongFrom: (since: string, until: string, versions: number[]) => string;
    versionWrong: string;
    seeRight: string;
  };

  /** Before and after in one text. */
  weave: {
    title: string;
    places: Record<Exclude<Place, "section">, string>;
    kinds: Record<"added" | "removed" | "changed", string>;
    was: (heading: string) => string;
    wasOpening: string;
    moved: string;
    /** Said before a passage by screen readers; the end is a bracket. */
    marks: Record<"added" | "removed", string>;
    unchanged: (lines: number) => string;
    legend: string;
    large: string;
  };

  compare: {
    title: string;
    from: string;
    to: string;
    button: string;
    between: (from: number, to: number) => string;
    option: (number: number, day: string) => string;
    back: string;
    same: string;
    unknown: (number: number, latest: number) => Words;
    unreadable: Words;
  };

  news: {
    title: string;
    text: string;
    empty: string;
    since: Words;
    sinceEmpty: string;
    older: string;
    everything: string;
    changes: string;
    by: (day: string | null, reviewers: string) => string;
    first: string;
  };

  errors: Record<"missing" | "link" | "method" | "large" | "limited" | "foreign" | "invalid" | "failed", Words> & {
    home: string;
    request: (id: string) => string;
  };
}
