import { sayDay } from "../_days.ts";
import type { Messages } from "../_messages/index.ts";
import { capitalise, clip, clipWords, oneLine } from "../_plain.ts";
import type { DigestItem } from "../_props.ts";
import { type Box, changesBox, correctionBox, toneOf } from "./boxes.ts";
import type { RankedItem } from "./rank.ts";
import type { Room } from "./room.ts";

export interface ItemView {
  /** What it is to the reader, as a colour; `label` says it in words. */
  tone: "accent" | Box["tone"];
  /** The kind in words, and the topics that no heading above has named. */
  label: string;
  title: string;
  url: string;
  /** What was corrected: said before anything else. */
  corrected: Box | null;
  summary: string | null;
  note: { label: string; text: string } | null;
  changed: Box | null;
  /** That the last review was long ago. */
  overdue: string | null;
  /** Who reviewed it and when, how old it is, how long to read. */
  facts: string[];
}

const SUMMARY_WORDS = 40;
const TOPICS = 120;
const REVIEW = 300;

/** `under` is the topic that stands above the item, if one does. */
export function itemView(ranked: RankedItem, under: string | null, room: Room, messages: Messages): ItemView {
  const { item } = ranked;
  const summary = clipWords(clip(oneLine(item.summary ?? ""), room.summary), SUMMARY_WORDS);
  const topics = item.topics.map(oneLine).filter((topic) => topic !== under);
  return {
    tone: itemTone(ranked),
    label: [kindWord(ranked, messages), clip(topics.join(", "), TOPICS)].filter(Boolean).join(" · "),
    title: clip(oneLine(item.title), room.title),
    url: item.url,
    corrected: correctionBox(ranked, room, messages),
    summary: summary === "" ? null : summary,
    note: noteOf(item, room, messages),
    changed: changesBox(ranked, room, messages),
    overdue: overdueOf(item, messages),
    facts: factsOf(item, messages),
  };
}

/** The kind as its reader meets it: a re-review that carries a correction is a correction to them. */
export function kindWord({ item, rank, severity }: RankedItem, { kinds, severities }: Messages): string {
  if (rank !== "corrected") return kinds[item.kind];
  return severity === null || severity === "correction" ? kinds.corrected : severities[severity];
}

function itemTone({ item, rank, severity }: RankedItem): ItemView["tone"] {
  if (rank === "corrected") return toneOf(severity);
  return item.kind === "published" ? "accent" : "review";
}

/** An editor's words on a correction stand in its box. */
function noteOf({ kind, note }: DigestItem, room: Room, { digest }: Messages): ItemView["note"] {
  const words = clip(oneLine(note ?? ""), room.note);
  return words === "" || kind === "corrected" ? null : { label: digest.fromTheEditor, text: words };
}

/** One calm sentence: nobody has looked at the article for longer than the publication allows itself. */
export function overdueOf(
  { reviewOverdueMonths, reviewedOn, publishedOn }: DigestItem,
  messages: Messages,
): string | null {
  if (reviewOverdueMonths === null) return null;
  const { lastReviewed, neverReviewed, notReviewed } = messages.evidence;
  const month = (day: string) => oneLine(sayDay(day.replace(/^(\d{4}-\d{2})-\d{2}$/, "$1"), messages));
  if (reviewedOn !== null) return lastReviewed(month(reviewedOn));
  return publishedOn === null ? notReviewed(reviewOverdueMonths) : neverReviewed(month(publishedOn));
}

export function reviewOf({ reviewedOn, reviewers }: DigestItem, messages: Messages): string | null {
  const day = reviewedOn === null ? null : oneLine(sayDay(reviewedOn, messages));
  if (day === null && reviewers.length === 0) return null;
  return clip(messages.digest.reviewed(day, reviewers.map(oneLine)), REVIEW);
}

/** An update on the day of the review or of the first publication says nothing of its own. */
function updateOf({ updatedOn, reviewedOn, publishedOn }: DigestItem, messages: Messages): string | null {
  if (updatedOn === null || updatedOn === reviewedOn || updatedOn === publishedOn) return null;
  return messages.digest.updated(oneLine(sayDay(updatedOn, messages)));
}

function publicationOf({ kind, publishedOn }: DigestItem, messages: Messages): string | null {
  if (publishedOn === null) return null;
  const { published, firstPublished } = messages.digest;
  return (kind === "published" ? published : firstPublished)(oneLine(sayDay(publishedOn, messages)));
}

function factsOf(item: DigestItem, messages: Messages): string[] {
  const facts = [
    reviewOf(item, messages),
    updateOf(item, messages),
    publicationOf(item, messages),
    item.readingMinutes === null ? null : messages.digest.minutes(item.readingMinutes),
    item.references > 0 ? messages.digest.referenceCount(item.references) : null,
  ];
  return facts.filter((fact) => fact !== null).map((fact, index) => (index === 0 ? capitalise(fact) : fact));
}
