import { footerLetter } from "../_footer.ts";
import { letter, link, named, paragraph, title, together } from "../_letter.ts";
import type { ChangeBox, ItemView } from "./item-view.ts";
import type { DigestView } from "./view.ts";

/** The digest as a letter: the same words in the same order as the HTML. */
export function digestLetter(view: DigestView): string {
  return letter([
    together(view.wordmark, title(view.edition, "=")),
    view.discretion === null ? null : paragraph(view.discretion),
    ...view.opening.map(paragraph),
    ...view.items.flatMap(itemBlocks),
    ...(view.unchanged === null ? [] : unchangedBlocks(view.unchanged)),
    ...footerLetter(view.footer),
  ]);
}

function itemBlocks(item: ItemView): (string | null)[] {
  return [
    // One more line of air before each item.
    `\n${together(paragraph(item.label), title(item.title), item.url)}`,
    item.summary === null ? null : paragraph(item.summary),
    item.note === null ? null : paragraph(`${item.note.label}: ${item.note.text}`),
    ...(item.box === null ? [] : boxBlocks(item.box)),
    item.facts.length === 0 ? null : paragraph(item.facts.join(" · ")),
  ];
}

function boxBlocks(box: ChangeBox): (string | null)[] {
  return [
    paragraph(box.title),
    box.note === null ? null : paragraph(box.note),
    ...box.lines.map(({ section, text }) => named(section, text)),
    box.more === null ? null : paragraph(box.more),
    link(box.link.label, box.link.url),
  ];
}

function unchangedBlocks({ title: heading, items }: NonNullable<DigestView["unchanged"]>): string[] {
  return [
    `\n${title(heading)}`,
    ...items.map(({ title: name, url, review }) =>
      together(paragraph(name), url, review === "" ? null : paragraph(review)),
    ),
  ];
}
