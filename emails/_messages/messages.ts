import type { EventKind, Severity } from "../../src/articles/table.ts";
import type { Cadence } from "../../src/subscribers/words.ts";

/** How many of each kind an edition holds. */
export interface Holdings {
  corrected: number;
  changed: number;
  published: number;
  unchanged: number;
}

export interface ButtonWords {
  title: string;
  preheader: string;
  paragraphs: string[];
  button: string;
  /** One quiet sentence under the button. */
  after: string | null;
}

/** Every word that the mails say by themselves, in one language. */
export interface Messages {
  /** BCP 47 tag that dates are written in. */
  dateLocale: string;
  dir: "ltr";
  kinds: Record<EventKind, string>;
  editions: Record<Cadence | "once", string>;

  discreet: {
    wordmark: string;
    subjects: Record<Cadence | "once", string>;
    preheader: string;
    opening: string;
    confirmSubject: string;
    welcomeSubject: string;
    alreadySubject: string;
    servicePreheader: string;
  };

  confirm: {
    subject: (site: string) => string;
    words: (site: string, hours: number) => ButtonWords;
    notMe: string;
    notMeLink: string;
    reason: (site: string) => string;
  };
  welcome: {
    subject: (site: string) => string;
    words: (site: string, cadence: Cadence, topics: number) => ButtonWords;
    archive: string;
  };
  already: {
    subject: (site: string) => string;
    words: (site: string) => ButtonWords;
  };

  digest: {
    /** The edition in one sentence, for the top of the mail. */
    holds: (holdings: Holdings) => string;
    /** Subject of an edition of nothing. */
    empty: (site: string, day: string) => string;
    reviewedAgain: string;
    nothingChanged: string;
    sectionsChanged: (count: number) => string;
    andMore: (count: number) => string;
    unchangedTitle: string;
    whatChanged: string;
    whatWasCorrected: string;
    fromTheEditor: string;
    seeChanges: string;
    moreChanges: (count: number) => string;
    added: string;
    removed: string;
    renamed: (before: string) => string;
    moved: string;
    changed: string;
    references: string;
    referenceCounts: (added: number, removed: number) => string;
    reviewed: (day: string | null, reviewers: string[]) => string;
    updated: (day: string) => string;
    published: (day: string) => string;
    firstPublished: (day: string) => string;
    minutes: (count: number) => string;
    referenceCount: (count: number) => string;
    readOnline: string;
  };

  /** What a correction is, as a heading and at the head of a subject. */
  severities: Record<Severity, string>;

  correction: {
    opening: Record<Severity, string>;
    told: string;
    right: string;
    why: string;
    whatToDo: string;
    /** Said with a safety correction. */
    askFirst: string;
    quote: (words: string) => string;
    since: (day: string) => string;
    on: Record<Severity, (day: string) => string>;
    seeChanges: string;
    /** Why it comes outside the reader's rhythm. */
    reason: (site: string) => string;
    discreet: { subject: string; safetySubject: string; preheader: string; opening: string };
  };

  /** What a digest says of items whose evidence was corrected, is old, or did not fit. */
  evidence: {
    correctedSince: string;
    said: (words: string) => string;
    right: (words: string) => string;
    why: (words: string) => string;
    /** Above the names of the sections that a correction changed. */
    where: string;
    moreCorrections: (count: number) => string;
    /** Said with a month, which is as much as matters here. */
    lastReviewed: (month: string) => string;
    neverReviewed: (month: string) => string;
    notReviewed: (months: number) => string;
    /** Heading of what has no topic. */
    noTopic: string;
    moreUnchanged: (count: number) => string;
    rest: (count: number) => string;
  };

  footer: {
    reason: (site: string) => string;
    rhythm: Record<Cadence, string>;
    preferences: string;
    unsubscribe: string;
  };
}
