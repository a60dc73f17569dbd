import type { EventKind } from "../../../articles/table.ts";
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
    added: string;
    removed: string;
    renamed: (before: string) => string;
    moved: string;
    changed: string;
    nothing: string;
    published: string;
    updated: string;
    reviewed: string;
    reviewers: string;
    references: string;
    referencesAdded: string;
    referencesRemoved: string;
    reviewersAdded: string;
    reviewersRemoved: string;
    editorNote: string;
  };

  errors: Record<"missing" | "link" | "method" | "large" | "limited" | "foreign" | "invalid" | "failed", Words> & {
    home: string;
    request: (id: string) => string;
  };
}
