export type { Changes } from "./changes.ts";
export type { Comparison, Passage } from "./compare-contents.ts";
export type { Line } from "./compare-texts.ts";
export { correctVersion } from "./correct-version.ts";
export { correctionsOfVersions, noteCorrectionDigest } from "./correction-queries.ts";
export { type Correction, listCorrections } from "./corrections.ts";
export { type Extraction, extract } from "./extract.ts";
export { AnswerError, type FetchedPage, type FetchPage, UnfitError } from "./fetch-page.ts";
export { compareVersions, type History, type HistoryEntry, readHistory, type VersionMark } from "./history.ts";
export { holdArticles } from "./hold-articles.ts";
export { importPage } from "./import-page.ts";
export { listNews, type NewsItem } from "./list-news.ts";
export { type ArticleDue, countArticlesDue, listReviewDebt } from "./list-review-debt.ts";
export { noteEvent } from "./note-event.ts";
export { putArticle } from "./put-article.ts";
export { maxEventSeq as latestEventSeq } from "./queries.ts";
export {
  type ArticleHistory,
  type DigestSourceEvent,
  getArticle,
  type ListedArticle,
  type ListedEvent,
  listArticles,
  listEvents,
  loadEventsForDigest,
} from "./read-articles.ts";
export { readAddress as webAddress } from "./reading/address.ts";
export { decodePage } from "./reading/decode-page.ts";
export { parsePage } from "./reading/parse-page.ts";
export { reviewDebt } from "./review-debt.ts";
export { ArticleInput, CorrectionInput, EventNote } from "./schemas.ts";
export type { TakenIn } from "./shapes.ts";
export { SEVERITIES } from "./table.ts";
export { takeIn } from "./take-in.ts";
export { tellChanges } from "./telling/tell-changes.ts";
export type { Section, VersionContent } from "./version-content.ts";
export { nothingChanged, whatChanged } from "./what-changed.ts";
export { findWrongVersions } from "./wrong-versions.ts";
