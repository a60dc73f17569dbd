export type { Changes } from "./changes.ts";
export { type Extraction, extract } from "./extract.ts";
export { AnswerError, type FetchedPage, type FetchPage, UnfitError } from "./fetch-page.ts";
export { importPage } from "./import-page.ts";
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
export { readAddress as webAddress } from "./reading/address.ts";
export { decodePage } from "./reading/decode-page.ts";
export { parsePage } from "./reading/parse-page.ts";
export { ArticleInput } from "./schemas.ts";
export type { TakenIn } from "./shapes.ts";
export { takeIn } from "./take-in.ts";
export type { Section, VersionContent } from "./version-content.ts";
export { nothingChanged, whatChanged } from "./what-changed.ts";
