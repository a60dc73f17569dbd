/** @jsxImportSource react */
import type { Locale } from "../../src/subscribers/words.ts";
import { Preheader } from "../_components/frame.tsx";
import { checkLinks } from "../_links.ts";
import { messagesFor } from "../_messages/index.ts";
import type { DigestProps, RenderedMail } from "../_props.ts";
import { type Block, blocksOf, type Piece } from "./blocks.tsx";
import { digestLetter } from "./letter.ts";
import { type Making, makingOnce } from "./making.ts";
import { escaped, keepPlates, type Plates } from "./plates.tsx";
import { type DigestView, digestView } from "./view.ts";

/** Prints editions of the same items, each piece of which is rendered once. */
export interface DigestPress {
  /** The mail, byte for byte as it renders by itself. Items are known again by being the same objects, unchanged. */
  print(props: DigestProps): Promise<RenderedMail>;
  /** How often anything was rendered: `pieces` that were new, and `whole` mails where a text held the mark of a seam. */
  readonly renderings: { pieces: number; whole: number };
}

/** `renderWhole` renders a mail by itself. */
export function digestPress(renderWhole: (props: DigestProps) => Promise<RenderedMail>): DigestPress {
  const makings = new Map<Locale, Making>();
  const checked = new WeakSet<object>();
  const renderings = { pieces: 0, whole: 0 };
  const plates = keepPlates(renderings);
  return {
    renderings,
    async print(props) {
      checkLinksOnce(props, checked);
      const make = makings.get(props.locale) ?? makingOnce(messagesFor(props.locale));
      makings.set(props.locale, make);
      const view = digestView(props, make);
      const html = await printHtml(view, plates);
      if (html !== null) return { subject: view.subject, html, text: digestLetter(view, make.letter) };
      renderings.whole += 1;
      return renderWhole(props);
    },
  };
}

function checkLinksOnce({ items, ...props }: DigestProps, checked: WeakSet<object>): void {
  checkLinks(props);
  for (const [place, item] of items.entries()) {
    if (!checked.has(item)) checkLinks(item, `items.${place}`);
    checked.add(item);
  }
}

/** Null where a seam cannot be told from a text. */
async function printHtml(view: DigestView, plates: Plates): Promise<string | null> {
  const { preheader } = view;
  const blocks = blocksOf(view);
  const aside: Piece = { of: preheader, as: "preheader", set: () => <Preheader words={preheader} /> };
  const [shell, parts] = [await plates.shell(view), await plates.parts()];
  const all = await plates.set([aside, ...blocks.flatMap(({ pieces }) => pieces)]);
  if (!shell || !parts || !all) return null;
  const [top, afterTitle, afterPreheader, bottom] = shell;
  const card = blocks.map((block) => printBlock(block, plates, parts)).join("");
  return `${top}${escaped(view.subject)}${afterTitle}${plates.piece(aside)}${afterPreheader}${card}${bottom}`;
}

function printBlock({ part, pieces }: Block, plates: Plates, parts: NonNullable<Awaited<ReturnType<Plates["parts"]>>>) {
  const inner = pieces.map((piece) => plates.piece(piece)).join("");
  if (part === null) return inner;
  const [before, after] = parts(part);
  return `${before}${inner}${after}`;
}
