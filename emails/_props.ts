import type { Changes } from "../src/articles/changes.ts";
import type { EventKind, Severity } from "../src/articles/table.ts";
import type { Cadence, Locale } from "../src/subscribers/words.ts";

export interface SiteProps {
  name: string;
  url: string;
  /** Postal address, one line. */
  address: string;
  disclaimer: string;
  crisisLine: string;
}

/** What every mail knows. `discreet`: nothing that shows without opening names the site or a subject. */
export interface FrameProps {
  site: SiteProps;
  locale: Locale;
  discreet: boolean;
}

export interface ConfirmProps extends FrameProps {
  confirmUrl: string;
  notMeUrl: string;
  expiresInHours: number;
}

export interface WelcomeProps extends FrameProps {
  cadence: Cadence;
  preferencesUrl: string;
  unsubscribeUrl: string;
  archiveUrl: string;
  /** Names; empty means everything. Only their number is written: topics stay out of service mails. */
  topics: string[];
}

export interface AlreadySubscribedProps extends FrameProps {
  preferencesUrl: string;
  unsubscribeUrl: string;
}

/** One article event as a reader meets it. Days are `YYYY-MM-DD`, or `YYYY-MM` where only the month is known. */
export interface DigestItem {
  kind: EventKind;
  title: string;
  url: string;
  changesUrl: string;
  summary: string | null;
  /** An editor's words. */
  note: string | null;
  changes: Changes | null;
  publishedOn: string | null;
  updatedOn: string | null;
  reviewedOn: string | null;
  /** Names. */
  reviewers: string[];
  readingMinutes: number | null;
  references: number;
  /** Names. */
  topics: string[];
  /** Of a corrected item. */
  severity: Severity | null;
  /** Corrections of this article that this reader meets with it: said before anything else. */
  corrections: ItemCorrection[];
  /** Months since the last review (or publication) where that is longer than the site allows; null otherwise. */
  reviewOverdueMonths: number | null;
}

export interface ItemCorrection {
  severity: Severity;
  wrong: string;
  right: string;
  why: string | null;
  /** `YYYY-MM-DD`. */
  correctedOn: string;
}

export interface DigestProps extends FrameProps {
  /** The editor's own; null derives one from the most important item. */
  subject: string | null;
  intro: string | null;
  /** `YYYY-MM-DD`. */
  edition: string;
  items: DigestItem[];
  preferencesUrl: string;
  unsubscribeUrl: string;
  /** The archive's page of this edition. */
  webUrl: string;
  /** Null: sent by hand, outside any rhythm. */
  cadence: Cadence | null;
  /** What was left out because the reader was away for long, and where it is. */
  rest: { count: number; url: string } | null;
}

/** To readers who were sent what is no longer right. Days are `YYYY-MM-DD`. */
export interface CorrectionProps extends FrameProps {
  severity: Severity;
  /** The article's. */
  title: string;
  url: string;
  /** The public page of the article's history, at this correction. */
  changesUrl: string;
  /** What we told the reader, to be quoted. */
  wrong: string;
  right: string;
  why: string | null;
  /** An editor's further words. */
  note: string | null;
  /** Since when the article said so. */
  wrongSince: string | null;
  correctedOn: string;
  reviewedOn: string | null;
  /** Names. */
  reviewers: string[];
  preferencesUrl: string;
  unsubscribeUrl: string;
}

/** An article whose review is due, as an editor meets it. Days as in `DigestItem`. */
export interface DueArticle {
  title: string;
  url: string;
  /** What its age counts from; `updated` and `published` were never reviewed. */
  basis: "reviewed" | "updated" | "published" | "no-date";
  since: string | null;
  /** Whole months since then. */
  months: number | null;
}

/** For an editor, so there is no discreet manner. */
export interface ReviewReminderProps extends Omit<FrameProps, "discreet"> {
  /** The age in months from which a review is due. */
  reviewMonths: number;
  /** The first of them. */
  articles: DueArticle[];
  /** How many there are in all. */
  total: number;
  listUrl: string;
  stopUrl: string;
}

export interface MailProps {
  confirm: ConfirmProps;
  welcome: WelcomeProps;
  "already-subscribed": AlreadySubscribedProps;
  digest: DigestProps;
  correction: CorrectionProps;
  "review-reminder": ReviewReminderProps;
}

export type MailName = keyof MailProps;

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}
