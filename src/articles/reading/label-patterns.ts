import { DAY_PATTERN } from "./days.ts";
import { SEAM } from "./lines.ts";

/** The visible labels of days, in English and Spanish, as sites word them. */
const WORDS = {
  published:
    "(?:(?:first|originally|date|article)\\s+)*(?:published|posted|publication\\s+date|date\\s+of\\s+publication|publish\\s+date|publicado|publicada|fecha\\s+de\\s+publicación)",
  updated:
    "(?:(?:(?:page|content|article|date)\\s+)?(?:last|latest|most\\s+recently)\\s+|date\\s+)?(?:updated|update|modified|revised|revision|edited|actualizado|actualizada)(?:\\s+date)?|(?:última|fecha\\s+de)\\s+(?:actualización|modificación)",
  reviewed:
    "(?:(?:page|content|article|date|last|latest|full|most\\s+recently|medically|medical|clinically|clinical|scientifically|professionally|expert|peer)\\s+)*(?:reviewed|review(?:\\s+date)?|revisado|revisada)|(?:última|fecha\\s+de)\\s+revisión",
} as const;

export type DayLabel = keyof typeof WORDS;
export const DAY_LABELS = Object.keys(WORDS) as DayLabel[];

const GAP = `[\\s${SEAM}]*`;
const ANY = DAY_LABELS.map((label) => `(?<${label}>${WORDS[label]})`).join("|");
const AND = `(?:${GAP}(?:and|&|y|\\/|,)${GAP}(?<also>${DAY_LABELS.map((label) => WORDS[label]).join("|")}))?`;
const ON = `(?:(?:on|at|in|the|el|en)\\b${GAP}){0,2}`;
const TIME = `[T,\\s]*(?:at\\s+)?(?:\\d{1,2}[:.]\\d{2}(?::\\d{2})?[^\\s${SEAM}]*(?:\\s*[ap]\\.?m\\b\\.?)?|\\d{1,2}\\s*[ap]\\.?m\\b\\.?)(?:\\s+[A-Z]{2,5}\\b)?`;
/** Says when without saying which day: "3 days ago", a year alone. */
const VAGUE =
  "(?:(?:about|over|almost|more\\s+than)\\s+)?(?:\\d{1,3}|an?|one|two|three|four|five|six|a\\s+few|several)\\s+(?:second|minute|hour|day|week|month|year)s?\\s+ago\\b|" +
  "(?:yesterday|today|just\\s+now|recently|hoy|ayer)\\b|(?:last|this)\\s+(?:week|month|year|spring|summer|autumn|fall|winter)\\b|(?:19|20)\\d{2}(?![-/.]?\\d)";

/**
 * A label with its day, with words that only say about when, or with a colon and something that is not a plain day.
 * `next review` and `review due` say what is to come and are no labels.
 */
export const LABELLED_DAY = new RegExp(
  `(?<![\\p{L}\\d])(?:${ANY})(?!\\s+(?:due|by\\b))${AND}${GAP}${ON}` +
    `(?:(?::|[-–—|])?${GAP}${ON}(?:(?<day>${DAY_PATTERN})(?<time>${TIME})?|(?<vague>${VAGUE}))|:${GAP}(?<other>[^${SEAM}|·•]{1,40}))`,
  "giu",
);

/** Where the label must begin and end to be one when words of a sentence stand around it. */
export const BEGINS_PART = /(?:^|[|·•—(.!?\ue000])\s*$/u;
export const ENDS_PART = /^\s*(?:$|[|·•;).\ue000])/u;

/** Four plain words in a row: a sentence, not labels. */
export const READS_AS_PROSE = /\p{Ll}{2,}(?:,?\s+\p{Ll}+){3}/u;

const REVIEW_TO_COME =
  "(?:date\\s+of\\s+)?(?:next|future)\\s+(?:\\p{L}+\\s+){0,2}review(?:\\s+(?:due|date))*|(?:\\p{L}+\\s+)?review\\s+due(?:\\s+date)?|" +
  "(?:due|scheduled)\\s+(?:for|to)\\s+(?:be\\s+)?(?:\\p{L}+\\s+)?review(?:ed)?|to\\s+be\\s+(?:re)?reviewed(?:\\s+again)?|review(?:ed)?\\s+again|próxima\\s+revisión";
/** Not of the article: the day of a film or picture in it. */
const OF_MEDIA = "(?:media|video|film|image|audio)s?\\s+(?:last\\s+)?(?:reviewed|updated|published)";

/** What has a day and is no day of the article: a review that is still to come, a film in it. */
export const NOT_ITS_DAY = new RegExp(
  `(?<![\\p{L}\\d])(?:${REVIEW_TO_COME}|${OF_MEDIA})${GAP}(?:(?:on|by|in|before)\\b${GAP})?(?::?${GAP}(?:on${GAP})?${DAY_PATTERN}|:${GAP}[^${SEAM}|·•;.]{1,40})`,
  "giu",
);

/** A label that ends its line: what it says stands in the next one. */
export const LABEL_ALONE = new RegExp(
  `^(?:${WORDS.published}|${WORDS.updated}|${WORDS.reviewed}|${REVIEW_TO_COME}|${OF_MEDIA}|(?:(?:medical|clinical|expert)\\s+)?reviewers?|fact[- ]?checked)(?:\\s+(?:on|by))?${GAP}:?$`,
  "iu",
);

/** Who reviewed or, `checked`, only checked facts, up to a separator; the names may follow in parts of their own. */
export const REVIEWED_BY = new RegExp(
  `(?<![\\p{L}\\d])(?:(?:(?:last|peer|scientifically|medically|clinically|professionally|expert|fact[- ]?checked\\s+and|written\\s+and)\\s+)*` +
    `(?:(?:reviewed|(?<checked>fact[- ]?checked)|medical\\s+review|clinical\\s+review|expert\\s+review|revisado|revisada|revisión\\s+médica)(?:\\s+and\\s+(?:approved|fact[- ]?checked|verified|edited))?)` +
    `\\s*(?:(?:by|por)\\b${GAP}:?|:)|(?:(?:medical|clinical|expert)\\s+)?reviewers?\\s*:)${GAP}`,
  "iu",
);
/** After a day of review: who did it. */
export const BY_NEXT = new RegExp(`^${GAP}(?:by|por)\\b`, "iu");

/** Where a reviewer's names end and the day of the review begins. */
export const NAMES_END = new RegExp(`[\\s,(–—-]*(?<![\\p{L}\\d])(?:(?:on|el|am)\\s+)?(?<day>${DAY_PATTERN})`, "iu");

export const DAY_AFTER_NAMES = new RegExp(`^${GAP},?(?:(?:on|el)${GAP})?(${DAY_PATTERN})`, "iu");

/** A line that is a day and no more, perhaps after who wrote. */
export const DAY_ALONE = new RegExp(
  `^(?:by\\s[^\\d|·•]{2,60})?[\\s${SEAM}|·•,–—-]*(?<day>${DAY_PATTERN})(?:${TIME})?[\\s${SEAM}|·•,.–—-]*$`,
  "iu",
);

/** Words of time and of waiting, as opposed to names. */
export const SOME_TIME =
  /\d|^(?:n\/a|tb[ad]|none|not yet|unknown|awaiting)|\b(?:yesterday|today|ago|last|this|next|recently|week|month|year|day|pending|never|hoy|ayer)\b/iu;

const MINUTES =
  "(?:(?<hours>\\d{1,2})\\s*(?:hours?|hrs?|h)\\b\\.?\\s*(?:and\\s+)?)?(?<minutes>\\d{1,4}(?:\\s*[-–—]\\s*\\d{1,3})?)";
export const READING_TIME = [
  new RegExp(
    `(?<![\\p{L}\\d.,])(?:about\\s+|approx\\.?\\s+|~\\s*)?${MINUTES}[\\s-]*(?:min(?:ute)?s?|minutos)\\b\\.?[\\s-]*(?:de\\s+)?(?:read(?:ing)?(?:\\s+time)?|lectura)(?!\\p{L})`,
    "iu",
  ),
  new RegExp(
    `(?:(?:estimated|est\\.?|average)\\s+)?(?:read(?:ing)?\\s+time|time\\s+to\\s+read|tiempo\\s+de\\s+lectura)\\s*:?\\s*(?:about|approx\\.?|~)?\\s*${MINUTES}\\s*(?:min(?:ute)?s?|minutos)?\\b\\.?`,
    "iu",
  ),
];
