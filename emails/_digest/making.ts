import type { Messages } from "../_messages/index.ts";
import { once } from "../_once.ts";
import type { DigestItem } from "../_props.ts";
import { type ItemView, itemView } from "./item-view.ts";
import { itemLetter } from "./letter.ts";
import { type ListedView, listedView } from "./listed.ts";
import { type RankedItem, rankItem } from "./rank.ts";
import { ROOMS, type Room } from "./room.ts";

/** What of a digest is made of one item alone, whatever stands beside it. */
export interface Making {
  rank: (item: DigestItem) => RankedItem;
  full: (ranked: RankedItem, under: string | null, room: Room) => ItemView;
  listed: (item: DigestItem, alone: boolean, room: Room) => ListedView;
  letter: (item: ItemView) => string;
  /** What the objects of a view weigh. */
  weights: WeakMap<object, number>;
}

/** Makes everything anew. */
export function making(messages: Messages): Making {
  return {
    rank: (item) => rankItem(item, messages),
    full: (ranked, under, room) => itemView(ranked, under, room, messages),
    listed: (item, alone, room) => listedView(item, alone, room, messages),
    letter: itemLetter,
    weights: new WeakMap(),
  };
}

/** Makes everything once, so that editions of the same items share it: items must be the same objects, unchanged. */
export function makingOnce(messages: Messages): Making {
  const { rank, full, listed, letter, weights } = making(messages);
  return {
    rank: once(rank, () => ""),
    full: once(full, (under, room) => JSON.stringify([ROOMS.indexOf(room), under])),
    listed: once(listed, (alone, room) => `${ROOMS.indexOf(room)} ${alone}`),
    letter: once(letter, () => ""),
    weights,
  };
}
