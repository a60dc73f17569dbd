import { sayDay } from "../_days.ts";
import type { Messages } from "../_messages/index.ts";
import { capitalise, clip, oneLine } from "../_plain.ts";
import type { DigestItem } from "../_props.ts";
import { overdueOf, reviewOf } from "./item-view.ts";
import type { RankedItem } from "./rank.ts";
import type { Room } from "./room.ts";

/** Articles that were reviewed again and say what they said before: a short list. */
export interface UnchangedView {
  title: string;
  /** Who reviewed them, where it was the same for all. */
  by: string | null;
  items: ListedView[];
  more: string | null;
}

/** `review` is the day alone where the list has said who. */
export interface ListedView {
  title: string;
  url: string;
  review: string;
}

// A longer list of what has not changed says less than its length.
const LISTED = 10;

export function unchangedView(
  ranked: readonly RankedItem[],
  room: Room,
  messages: Messages,
  listed: (item: DigestItem, alone: boolean, room: Room) => ListedView,
): UnchangedView | null {
  const unchanged = ranked.filter(({ rank }) => rank === "unchanged").map(({ item }) => item);
  if (unchanged.length === 0) return null;
  const shown = unchanged.slice(0, LISTED);
  const left = unchanged.length - shown.length;
  const by = sharedReviewers(shown, room, messages);
  return {
    title: messages.digest.unchangedTitle,
    by,
    items: shown.map((item) => listed(item, by === null, room)),
    more: left > 0 ? messages.evidence.moreUnchanged(left) : null,
  };
}

/** `alone`: the list does not say who reviewed. */
export function listedView(item: DigestItem, alone: boolean, room: Room, messages: Messages): ListedView {
  return {
    title: clip(oneLine(item.title), Math.min(room.title, room.fact)),
    url: item.url,
    review: [alone ? reviewOf(item, room, messages) : dayOf(item, messages), overdueOf(item, messages)]
      .filter((part) => part !== null)
      .map(capitalise)
      .join(". "),
  };
}

function sharedReviewers(items: readonly DigestItem[], room: Room, messages: Messages): string | null {
  const [first, ...others] = items;
  if (first === undefined || others.length === 0 || first.reviewers.length === 0) return null;
  const same = JSON.stringify(first.reviewers);
  if (others.some(({ reviewers }) => JSON.stringify(reviewers) !== same)) return null;
  return capitalise(reviewOf({ ...first, reviewedOn: null }, room, messages) ?? "");
}

function dayOf({ reviewedOn }: DigestItem, messages: Messages): string | null {
  return reviewedOn === null ? null : oneLine(sayDay(reviewedOn, messages));
}
