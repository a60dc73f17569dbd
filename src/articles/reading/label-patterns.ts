import { DAY_PATTERN } from "./days.ts";
import { SEAM } from "./lines.ts";

/** The visible labels of days, in English and Spanish, as sites word them. */
const WORDS = {
  published:
    "(?:(?:first|originally|date|article)\\s+)*(?:published|posted|publication\\s+date|date\\s+of\\s+publication|publish\\s+date|publicado|publicada|fecha\\s+de\\s+publicación)",
  updated:
    "(?:(?:(?:page|content|article|date)\\s+)?(?:last|latest|most\\s+recently)\\s+|date\\s+)?(?:updated|update|modified|revised|edited|actualizado|actualizada)(?:\\s+date)?|(?:última|fecha\\s+de)\\s+(?:actualización|modificación)",
  reviewed:
    "(?:(?:page|content|article|date|last|latest|most\\s+recently|medically|clinically|professionally|expert)\\s+)*(?:reviewed|review(?:\\s+date)?|revisado|revisada)|(?:última|fecha\\s+de)\\s+revisión",
} as const;

export type DayLabel = keyof typeof WORDS;
export const DAY_LABELS = Object.keys(WORDS) as DayLabel[];

const GAP = `[\\s${SEAM}]*`;
const ANY = DAY_LABELS.map((label) => `(?<${label}>${WORDS[label]})`).join("|");
const AND = `(?:${GAP}(?:and|&|y|\\/|,)${GAP}(?<also>${DAY_LABELS.map((label) => WORDS[label]).join("|")}))?`;

/**
 * A label with its day, or with a colon and something that is not a plain day. `next review` and `review due` say what
 * is to come and are no labels.
 */
export const LABELLED_DAY = new RegExp(
  `(?<![\\p{L}\\d])(?<!\\b(?:next|próxima)\\s)(?:${ANY})(?!\\s+(?:due|by\\b))${AND}${GAP}(?:on|at|in|the|el|en)?${GAP}` +
    `(?:(?::|[-–—|])?${GAP}(?<day>${DAY_PATTERN})(?<time>[T,\\s]*(?:at\\s+)?\\d{1,2}:\\d{2}(?::\\d{2})?[^\\s${SEAM}]*(?:\\s*[ap]\\.?m\\b\\.?)?(?:\\s+[A-Z]{2,5}\\b)?)?|:${GAP}(?<other>[^${SEAM}|·•]{1,40}))`,
  "giu",
);

/** A label that ends its line: the day stands in the next one. */
export const LABEL_ALONE = new RegExp(
  `^(?:${WORDS.published}|${WORDS.updated}|${WORDS.reviewed})(?:\\s+(?:on|by))?${GAP}:?$`,
  "iu",
);

/** Who reviewed, up to a separator; the names may follow in parts of their own. */
export const REVIEWED_BY = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:last|medically|clinically|professionally|expert|fact[- ]?checked\\s+and|written\\s+and)\\s+)*` +
    `(?:reviewed|fact[- ]?checked|medical\\s+review|clinical\\s+review|expert\\s+review|revisado|revisada|revisión\\s+médica)\\s*(?:by|por)?${GAP}:?${GAP}`,
  "iu",
);
/** After a day of review: who did it. */
export const BY_NEXT = new RegExp(`^${GAP}(?:by|por)\\b`, "iu");

/** Where a reviewer's names end and the day of the review begins. */
export const NAMES_END = new RegExp(`[\\s,(–—-]*\\b(?:on\\s+|el\\s+)?(?=${DAY_PATTERN})`, "iu");

export const DAY_AFTER_NAMES = new RegExp(`^${GAP},?(?:on\\s+|el\\s+)?(${DAY_PATTERN})`, "iu");

/** A review that is still to come. */
export const NEXT_REVIEW = new RegExp(
  `(?:next\\s+review(?:\\s+due|\\s+date)?|review\\s+due(?:\\s+date)?|próxima\\s+revisión)${GAP}:?${GAP}(?:on\\s+)?${DAY_PATTERN}`,
  "giu",
);

/** Words of time, as opposed to names. */
export const SOME_TIME =
  /\d|\b(?:yesterday|today|ago|last|this|next|recently|week|month|year|day|pending|never|hoy|ayer)\b/iu;

export const READING_TIME = [
  /(?<![\p{L}\d.,])(?:about\s+|approx\.?\s+|~\s*)?(?<minutes>\d{1,4}(?:\s*[-–—]\s*\d{1,3})?)[\s-]*(?:min(?:ute)?s?|minutos)\b\.?[\s-]*(?:de\s+)?(?:read(?:ing)?(?:\s+time)?|lectura)(?!\p{L})/iu,
  /(?:read(?:ing)?\s+time|time\s+to\s+read|tiempo\s+de\s+lectura)\s*:?\s*(?:about|approx\.?|~)?\s*(?<minutes>\d{1,4}(?:\s*[-–—]\s*\d{1,3})?)\s*(?:min(?:ute)?s?|minutos)?\b\.?/iu,
];
