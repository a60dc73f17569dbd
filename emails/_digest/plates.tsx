/** @jsxImportSource react */
import { render } from "@react-email/components";
import { createElement, Fragment, type ReactElement } from "react";
import { Shell } from "../_components/frame.tsx";
import { Part } from "../_components/item.tsx";
import type { Block, Piece } from "./blocks.tsx";
import type { DigestView } from "./view.ts";

/** The mark of a seam. No text has it: `oneLine` takes controls out, addresses with one are refused, markup has none. */
const SEAM = "\u0001";

type Cut<Of extends string[]> = Promise<Of | null>;
type PartOf = NonNullable<Block["part"]>;

/** HTML that stands ready. What is null could not be cut at its seams, since a text had their mark after all. */
export interface Plates {
  /** Around title, preheader and card. */
  shell(view: DigestView): Cut<[string, string, string, string]>;
  /** Around a part's pieces. */
  parts(): Promise<((part: PartOf) => readonly [string, string]) | null>;
  /** Renders those that are new, all at once. */
  set(pieces: Piece[]): Promise<true | null>;
  /** One that was set. */
  piece(piece: Piece): string;
}

export function keepPlates(renderings: { pieces: number }): Plates {
  const shells = new Map<string, Cut<[string, string, string, string]>>();
  const pieces = keepPieces();
  let parts: ReturnType<Plates["parts"]> | null = null;
  return {
    shell(view) {
      const { lang, dir, wordmark, edition, footer } = view;
      const name = JSON.stringify([lang, dir, wordmark, edition, footer]);
      const known = shells.get(name) ?? renderShell(view);
      shells.set(name, known);
      return known;
    },
    parts() {
      parts ??= renderParts();
      return parts;
    },
    async set(wanted) {
      const missing = pieces.missing(wanted);
      if (missing.length === 0) return true;
      renderings.pieces += missing.length;
      const cut = await renderPieces(missing);
      for (const [place, piece] of missing.entries()) if (cut) pieces.keep(piece, cut[place] ?? "");
      return cut && true;
    },
    piece: (piece) => pieces.get(piece) ?? "",
  };
}

/** What React writes for text: everything that could be read as markup by its name. */
export function escaped(text: string): string {
  return text.replace(/["&'<>]/g, (character) => NAMES[character] ?? character);
}

const NAMES: Record<string, string> = { '"': "&quot;", "&": "&amp;", "'": "&#x27;", "<": "&lt;", ">": "&gt;" };

function keepPieces() {
  const words = new Map<string, string>();
  const things = new WeakMap<object, Map<string, string>>();
  const get = ({ of, as }: Piece) => (typeof of === "string" ? words.get(`${as} ${of}`) : things.get(of)?.get(as));
  return {
    get,
    keep({ of, as }: Piece, html: string) {
      if (typeof of === "string") words.set(`${as} ${of}`, html);
      else things.set(of, (things.get(of) ?? new Map()).set(as, html));
    },
    missing: (wanted: Piece[]) => wanted.filter((piece) => get(piece) === undefined),
  };
}

async function cutAtSeams(element: ReactElement, count: number): Promise<string[] | null> {
  const cut = (await render(element)).split(SEAM);
  return cut.length === count + 1 ? cut : null;
}

async function renderPieces(pieces: Piece[]): Promise<string[] | null> {
  const cut = await cutAtSeams(<Seams between={pieces.map((piece) => piece.set())} />, pieces.length + 1);
  return cut?.slice(1, -1) ?? null;
}

function renderShell({ lang, dir, wordmark, edition, footer }: DigestView) {
  const shell = { lang, dir, wordmark, edition, footer, subject: SEAM, preheader: SEAM };
  return cutAtSeams(<Shell {...shell}>{SEAM}</Shell>, 3) as Cut<[string, string, string, string]>;
}

const PARTS = [true, false].flatMap((bare) => [true, false].map((last) => ({ bare, last })));
const placeOf = ({ bare, last }: PartOf) => PARTS.findIndex((part) => part.bare === bare && part.last === last);

async function renderParts() {
  const set = PARTS.map((part) => (
    <Part key={`${part.bare} ${part.last}`} {...part}>
      {SEAM}
    </Part>
  ));
  const cut = await cutAtSeams(<Seams between={set} />, 2 * PARTS.length + 1);
  return cut && ((part: PartOf) => [cut[2 * placeOf(part) + 1] ?? "", cut[2 * placeOf(part) + 2] ?? ""] as const);
}

/** Elements with a seam before, between and after them. */
export function Seams({ between }: { between: ReactElement[] }) {
  return createElement(Fragment, null, SEAM, ...between.flatMap((element) => [element, SEAM]));
}
