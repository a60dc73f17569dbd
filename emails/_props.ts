import type { Changes } from "../src/articles/changes.ts";
import type { EventKind } from "../src/articles/table.ts";
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
  "review-reminder": ReviewReminderProps;
}

export type MailName = keyof MailProps;

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}
