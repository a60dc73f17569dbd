import { sayDay } from "../_days.ts";
import type { Messages } from "../_messages/index.ts";
import { capitalise, clip, clipWords, oneLine } from "../_plain.ts";
import type { DigestItem } from "../_props.ts";
import { type ChangeLine, changeLines, shownLines } from "./what-changed.ts";

export interface ChangeBox {
  kind: "re-reviewed" | "corrected";
  title: string;
  note: string | null;
  lines: ChangeLine[];
  more: string | null;
  link: { label: string; url: string };
}

export interface ItemView {
  kind: DigestItem["kind"];
  /** The kind in words, and the topics. */
  label: string;
  title: string;
  url: string;
  summary: string | null;
  note: { label: string; text: string } | null;
  box: ChangeBox | null;
  /** Who reviewed it and when, how old it is, how long to read. */
  facts: string[];
}

/** An article that was reviewed again and says what it said before. */
export interface ListedView {
  title: string;
  url: string;
  review: string;
}

const TITLE = 200;
const SUMMARY_WORDS = 40;
const SUMMARY = 400;

export function itemView(item: DigestItem, messages: Messages): ItemView {
  const box = boxOf(item, messages);
  const note = oneLine(item.note ?? "");
  const summary = clipWords(clip(oneLine(item.summary ?? ""), SUMMARY), SUMMARY_WORDS);
  return {
    kind: item.kind,
    label: [messages.kinds[item.kind], item.topics.map(oneLine).join(", ")].filter(Boolean).join(" · "),
    title: clip(oneLine(item.title), TITLE),
    url: item.url,
    summary: summary === "" ? null : summary,
    note: note === "" || item.kind === "corrected" ? null : { label: messages.digest.fromTheEditor, text: note },
    box,
    facts: factsOf(item, messages),
  };
}

export function listedView(item: DigestItem, messages: Messages): ListedView {
  const { reviewedOn, reviewers } = item;
  const review = capitalise(reviewOf(reviewedOn, reviewers, messages) ?? "");
  return { title: clip(oneLine(item.title), TITLE), url: item.url, review };
}

/** A correction always has its box, with the editor's words in it; a re-review when something changed. */
function boxOf(item: DigestItem, messages: Messages): ChangeBox | null {
  const { shown, left } = shownLines(changeLines(item, messages));
  const note = item.kind === "corrected" ? oneLine(item.note ?? "") : "";
  if (item.kind === "published" || (shown.length === 0 && item.kind !== "corrected")) return null;
  return {
    kind: item.kind,
    title: item.kind === "corrected" ? messages.digest.whatWasCorrected : messages.digest.whatChanged,
    note: note === "" ? null : note,
    lines: shown,
    more: left > 0 ? messages.digest.moreChanges(left) : null,
    link: { label: messages.digest.seeChanges, url: item.changesUrl },
  };
}

function reviewOf(reviewedOn: string | null, reviewers: readonly string[], messages: Messages): string | null {
  const day = reviewedOn === null ? null : oneLine(sayDay(reviewedOn, messages));
  if (day === null && reviewers.length === 0) return null;
  return messages.digest.reviewed(day, reviewers.map(oneLine));
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
    reviewOf(item.reviewedOn, item.reviewers, messages),
    updateOf(item, messages),
    publicationOf(item, messages),
    item.readingMinutes === null ? null : messages.digest.minutes(item.readingMinutes),
    item.references > 0 ? messages.digest.referenceCount(item.references) : null,
  ];
  return facts.filter((fact) => fact !== null).map((fact, index) => (index === 0 ? capitalise(fact) : fact));
}
