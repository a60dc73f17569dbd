import { footerLetter } from "../_footer.ts";
import { blocks, letter, link, named, paragraph, title, together } from "../_letter.ts";
import type { Box } from "./boxes.ts";
import type { ItemView } from "./item-view.ts";
import type { UnchangedView } from "./listed.ts";
import type { DigestView, GroupView } from "./view.ts";

/** The digest as a letter: the same words in the same order as the HTML. */
export function digestLetter(view: DigestView, itemIn = itemLetter): string {
  return letter([
    together(view.wordmark, title(view.edition, "=")),
    view.discretion === null ? null : paragraph(view.discretion),
    ...view.opening.map(paragraph),
    ...view.groups.flatMap((group) => groupBlocks(group, itemIn)),
    ...(view.unchanged === null ? [] : unchangedBlocks(view.unchanged)),
    view.rest === null ? null : `\n${link(view.rest.label, view.rest.url)}`,
    ...footerLetter(view.footer),
  ]);
}

function groupBlocks({ heading, items }: GroupView, itemIn: typeof itemLetter): (string | null)[] {
  return [heading === null ? null : `\n${title(heading, "=")}`, ...items.map(itemIn)];
}

/** One item as it stands in the letter, whatever stands around it. */
export function itemLetter(item: ItemView): string {
  return blocks([
    // One more line of air before each item.
    `\n${together(paragraph(item.label), title(item.title), item.url)}`,
    ...boxBlocks(item.corrected),
    item.summary === null ? null : paragraph(item.summary),
    item.note === null ? null : paragraph(`${item.note.label}: ${item.note.text}`),
    ...boxBlocks(item.changed),
    item.overdue === null ? null : paragraph(item.overdue),
    item.facts.length === 0 ? null : paragraph(item.facts.join(" · ")),
  ]);
}

function boxBlocks(box: Box | null): (string | null)[] {
  if (box === null) return [];
  return [
    paragraph(box.title),
    box.note === null ? null : paragraph(box.note),
    ...box.lines.map(({ name, texts }) => named(name, texts)),
    box.more === null ? null : paragraph(box.more),
    box.link === null ? null : link(box.link.label, box.link.url),
  ];
}

function unchangedBlocks({ title: heading, by, items, more }: UnchangedView): (string | null)[] {
  return [
    `\n${title(heading)}`,
    by === null ? null : paragraph(by),
    ...items.map(({ title: name, url, review }) =>
      together(paragraph(name), url, review === "" ? null : paragraph(review)),
    ),
    more === null ? null : paragraph(more),
  ];
}
