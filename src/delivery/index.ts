export { applyEvent } from "./apply-event.ts";
export { countSkipped, sendingCounts } from "./count-queries.ts";
export { deliverBatch } from "./deliver-batch.ts";
export { deliverEditorMail } from "./deliver-editor-mail.ts";
export { type LedgerRow, pageOfDeliveries } from "./delivery-queries.ts";
export { envelope } from "./envelope.ts";
export { frame, readerUrl } from "./frame.ts";
export { acknowledgeRates } from "./guard-rates.ts";
export { deliverJob, PRIORITY } from "./jobs.ts";
export { getUnknown, listUnknown, type Unknown } from "./list-unknown.ts";
export { disarm, disarmed, withoutTokens } from "./merge.ts";
export { closeOpenBatch, type DigestKind, finishIfDone, owe, oweLater } from "./owe.ts";
export { leaveEditorMails, oweEditorMail } from "./owe-editor-mail.ts";
export { paceOf, restartPace } from "./pace.ts";
export { pauseSending } from "./pause-sending.ts";
export { freezeMail, queueMail } from "./queue-mail.ts";
export { recordEvent } from "./record-event.ts";
export { refusedReaders } from "./refusal-queries.ts";
export { nudgeQueued, retryFailed, skipQueued } from "./reopen.ts";
export { sendTest } from "./send-test.ts";
export { settleUnknownBatch, settleUnknownMail } from "./settle-unknown.ts";
export { sweepDelivery } from "./sweep-delivery.ts";
export { type MistakenVariant, mistakenVariants, toldWrong, type Wrong } from "./told-wrong-queries.ts";
export { findBatchByUid, findDecision, findEditorMailByUid, insertDecision } from "./unknown-queries.ts";
export {
  findVariant,
  insertVariants as freezeVariants,
  noteCarried,
  noteReplaced,
  tellInstead,
  variantIds,
} from "./variant-queries.ts";
export { sayUsedUp, type WarmUp, warmUpToday } from "./warm-up.ts";
export { DELIVERY_STATUSES, type DeliveryStatus, UNKNOWN_DECISIONS, type UnknownDecision } from "./words.ts";
