export { type AudienceReport, audienceReport } from "./audience.ts";
export { auditLedgers } from "./audit-ledgers.ts";
export { buildDue, purgeSchedule } from "./build-due.ts";
export { cancelDigest, pauseDigest, resumeDigest } from "./control.ts";
export {
  type CorrectionReport,
  correctArticle,
  getCorrection,
  listCorrectionReports,
} from "./correct-article.ts";
export { decideUnknown } from "./decide-unknown.ts";
export { draftDigest } from "./draft-digest.ts";
export { editionDue } from "./due.ts";
export { type CorrectionForecast, forecastCorrection, type Unreachable } from "./forecast-correction.ts";
export { type DigestCounts, type DigestReport, getDigest, getProgress, listDigestReports } from "./get-digest.ts";
export { BUILD_JOB } from "./jobs.ts";
export {
  LEDGER_STATUSES,
  type LedgerOptions,
  type LedgerPlace,
  ledgerPage,
} from "./ledger.ts";
export { planDigest } from "./plan-digest.ts";
export { listArchive, previewDigest, readArchived, testDigest } from "./preview-digest.ts";
export { READER_OUTCOMES, readerDigests } from "./reader-digests.ts";
export { retryDigest } from "./retry-digest.ts";
export { sayExclusion } from "./say-audience.ts";
export { DigestDraft } from "./schemas.ts";
export { sendDigest } from "./send-digest.ts";
export { sweepDigests } from "./sweep-digests.ts";
export { DIGEST_MODES, DIGEST_STATUSES } from "./words.ts";
