export { countSkipped, sendingCounts } from "./count-queries.ts";
export { deliverBatch } from "./deliver-batch.ts";
export { deliverEditorMail } from "./deliver-editor-mail.ts";
export { pageOfDeliveries } from "./delivery-queries.ts";
export { envelope } from "./envelope.ts";
export { frame, readerUrl } from "./frame.ts";
export { acknowledgeRates } from "./guard-rates.ts";
export { deliverJob, PRIORITY } from "./jobs.ts";
export { disarm, disarmed, withoutTokens } from "./merge.ts";
export { closeOpenBatch, type DigestKind, finishIfDone, owe, oweLater } from "./owe.ts";
export { leaveEditorMails, oweEditorMail } from "./owe-editor-mail.ts";
export { paceOf, restartPace } from "./pace.ts";
export { pauseSending } from "./pause-sending.ts";
export { freezeMail, queueMail } from "./queue-mail.ts";
export { applyEvent, recordEvent } from "./record-event.ts";
export { nudgeQueued, retryFailed, skipQueued } from "./reopen.ts";
export { sendTest } from "./send-test.ts";
export { sweepDelivery } from "./sweep-delivery.ts";
export { type MistakenVariant, mistakenVariants, toldWrong, type Wrong } from "./told-wrong-queries.ts";
export {
  findVariant,
  insertVariant as freezeVariant,
  noteCarried,
  noteReplaced,
  tellInstead,
  variantIds,
} from "./variant-queries.ts";
export { sayUsedUp, type WarmUp, warmUpToday } from "./warm-up.ts";
export { DELIVERY_STATUSES, type DeliveryStatus } from "./words.ts";
