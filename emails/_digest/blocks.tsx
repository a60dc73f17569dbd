/** @jsxImportSource react */
import { createElement, Fragment, type ReactElement } from "react";
import { GroupHeading } from "../_components/group.tsx";
import { Item, Part } from "../_components/item.tsx";
import { Discretion, Opening, Rest } from "../_components/opening.tsx";
import { Listed, ListedBy, ListedMore, ListHeading } from "../_components/unchanged-list.tsx";
import type { UnchangedView } from "./listed.ts";
import type { DigestView, GroupView } from "./view.ts";

/** Something that looks the same wherever it stands: all it depends on is what it is made of, and as what it is set. */
export interface Piece {
  of: object | string;
  as: string;
  set: () => ReactElement;
}

/** Pieces one below the other: in one part of the card, or by themselves. */
export interface Block {
  part: { bare: boolean; last: boolean } | null;
  pieces: Piece[];
}

/** What stands in the card of a digest, from top to bottom. */
export function blocksOf({ discretion, opening, groups, unchanged, rest }: DigestView): Block[] {
  const full = groups.flatMap((group, index) =>
    groupBlocks(group, unchanged === null && rest === null && index === groups.length - 1),
  );
  return [
    ...(discretion === null ? [] : [bare(discretion, "discretion", Discretion)]),
    ...opening.map((paragraph) => bare(paragraph, "opening", Opening)),
    ...full,
    ...(unchanged === null ? [] : [listBlock(unchanged, rest === null)]),
    ...(rest === null
      ? []
      : [part(false, true, [{ of: JSON.stringify(rest), as: "rest", set: () => <Rest {...rest} /> }])]),
  ];
}

function groupBlocks({ heading, items }: GroupView, last: boolean): Block[] {
  const grouped = heading !== null;
  const parts = items.map((item, index) =>
    part(grouped && index === 0, last && index === items.length - 1, [
      { of: item, as: grouped ? "grouped" : "item", set: () => <Item item={item} grouped={grouped} /> },
    ]),
  );
  return grouped ? [bare(heading, "heading", GroupHeading), ...parts] : parts;
}

function listBlock({ title, by, items, more }: UnchangedView, last: boolean): Block {
  const alone = by === null;
  return part(false, last, [
    words(title, "list", ListHeading),
    ...(by === null ? [] : [words(by, "by", ListedBy)]),
    ...items.map((item) => ({
      of: item,
      as: alone ? "alone" : "listed",
      set: () => <Listed item={item} alone={alone} />,
    })),
    ...(more === null ? [] : [words(more, "more", ListedMore)]),
  ]);
}

type Words = (props: { words: string }) => ReactElement;

function words(said: string, as: string, Kind: Words): Piece {
  return { of: said, as, set: () => <Kind words={said} /> };
}

const bare = (said: string, as: string, kind: Words): Block => ({ part: null, pieces: [words(said, as, kind)] });
const part = (under: boolean, last: boolean, pieces: Piece[]): Block => ({ part: { bare: under, last }, pieces });

/** All blocks, set. */
export function setBlocks(blocks: Block[]): ReactElement {
  return createElement(Fragment, null, ...blocks.map(setBlock));
}

function setBlock({ part, pieces }: Block): ReactElement {
  const inner = createElement(Fragment, null, ...pieces.map((piece) => piece.set()));
  return part === null ? inner : <Part {...part}>{inner}</Part>;
}
