import type { CSSProperties } from "react";
import { type Colours, dark, fonts, light, reading, shape, sizes, space } from "../src/tokens.ts";

// Light colours stand inline, for every client; a class of the same name lets the style sheet turn them dark.
const TEXTS = ["ink", "quiet", "accent", "review", "correction", "danger", "onAccent"] as const;
const GROUNDS = ["paper", "card", "accent", "reviewWash", "correctionWash", "dangerWash"] as const;
const EDGES = ["line", "review", "correction", "danger"] as const;

type Styled = { className: string; style: CSSProperties };

/** Text in a colour: class and inline style, with more style beside it. */
export function text(colour: (typeof TEXTS)[number], style: CSSProperties = {}): Styled {
  return { className: `t-${colour}`, style: { color: light[colour], ...style } };
}

/** A link in a colour. The library's Link rules its own line out with the longhand, which is unset here. */
export function link(colour: (typeof TEXTS)[number], style: CSSProperties = {}): Styled {
  return text(colour, { textDecorationLine: undefined, textDecoration: "underline", ...style });
}

/** A ground, with an edge when one is named. */
export function ground(colour: (typeof GROUNDS)[number], style: CSSProperties = {}): Styled {
  return { className: `g-${colour}`, style: { backgroundColor: light[colour], ...style } };
}

export function edge(colour: (typeof EDGES)[number]): string {
  return `b-${colour}`;
}

/** An edge in one declaration; its class is `edge(colour)`. */
export function edgeStyle(colour: (typeof EDGES)[number], width: number = shape.line): string {
  return `${width}px solid ${light[colour]}`;
}

const px = (value: number) => `${value}px`;

/** Size and line height as one `font`-like pair; the text family is inherited from the sheet. */
const face = (size: number, line: number): CSSProperties => ({ fontSize: px(size), lineHeight: px(line) });

export const faces = {
  /** As the cell around says: unset, or the library's Text would set its own. */
  inherited: { fontSize: undefined, lineHeight: undefined },
  body: face(reading.mail.size, reading.mail.line),
  small: face(sizes.small, 20),
  label: face(sizes.label, 22),
  lead: { ...face(sizes.lead, 30), fontFamily: fonts.title },
  title: { ...face(sizes.title, 36), fontFamily: fonts.title },
} as const;

/** No margin but below. Longhands, because the library's Text would spell a shorthand out beside it. */
export const below = (gap: keyof typeof space | "none"): CSSProperties => ({
  marginTop: 0,
  marginBottom: gap === "none" ? 0 : px(space[gap]),
});

/** A line thin enough to read through, under a title that is a link. */
export const titleLink: CSSProperties = {
  textDecoration: "underline",
  textDecorationThickness: "1px",
  textDecorationColor: light.edge,
  textUnderlineOffset: "4px",
};

export const BREAK_LONG_WORDS: CSSProperties = { wordBreak: "break-word", overflowWrap: "anywhere" };

export { fonts, light, shape, space };

function rules(scope: string, colours: Colours, which: "texts" | "grounds" | "all"): string {
  const texts = TEXTS.map((name) => `${scope}.t-${name}{color:${colours[name]}!important}`);
  const grounds = [
    ...GROUNDS.map((name) => `${scope}.g-${name}{background-color:${colours[name]}!important}`),
    ...EDGES.map((name) => `${scope}.b-${name}{border-color:${colours[name]}!important}`),
  ];
  return [...(which === "grounds" ? [] : texts), ...(which === "texts" ? [] : grounds)].join("");
}

/** Only what inline styles cannot say. No quotes and no `>`: React would escape them. */
export const STYLE = [
  ":root{color-scheme:light dark;supported-color-schemes:light dark}",
  `body{background-color:${light.paper}}`,
  `@media (min-width:${shape.mailWidth}px){.flush{padding:0!important}.pad{padding:${px(space.xxl - 1)}!important}.side{padding-left:${px(space.xxl)}!important;padding-right:${px(space.xxl)}!important}}`,
  "@media (max-width:479px){.stack{display:block!important;width:auto!important;text-align:left!important}}",
  `@media (prefers-color-scheme:dark){${rules("", dark, "all")}}`,
].join("");

// On its own, because Gmail drops a whole sheet over a selector that it does not know.
/** Outlook.com marks what it recoloured; these rules put our own dark colours back. */
export const OUTLOOK_STYLE = `${rules("[data-ogsc] ", dark, "texts")}${rules("[data-ogsb] ", dark, "grounds")}`;
