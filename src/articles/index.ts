export type { Changes } from "./changes.ts";
export { correctVersion } from "./correct-version.ts";
export { correctionsOfVersions, noteCorrectionDigest } from "./correction-queries.ts";
export { type Correction, listCorrections } from "./corrections.ts";
export { type Extraction, extract } from "./extract.ts";
export type { FetchPage } from "./fetch-page.ts";
export { holdArticles } from "./hold-articles.ts";
export { importPage } from "./import-page.ts";
export { noteEvent } from "./note-event.ts";
export { putArticle } from "./put-article.ts";
export { maxEventSeq as latestEventSeq } from "./queries.ts";
export {
  type ArticleHistory,
  type DigestSourceEvent,
  getArticle,
  type ListedEvent,
  listArticles,
  listEvents,
  loadEventsForDigest,
} from "./read-articles.ts";
export { decodePage } from "./reading/decode-page.ts";
export { reviewDebt } from "./review-debt.ts";
export { ArticleInput, CorrectionInput, EventNote } from "./schemas.ts";
export type { TakenIn } from "./shapes.ts";
export { SEVERITIES } from "./table.ts";
export { takeIn } from "./take-in.ts";
export type { Section, VersionContent } from "./version-content.ts";
export { nothingChanged, whatChanged } from "./what-changed.ts";
