import type { SendOutcome } from "./mailer.ts";
import { redactAddresses } from "./redact-addresses.ts";

const RECONNECT_MS = 5_000;
/** A server that defers wants to be left alone for a while (greylisting: RFC 6647). */
const DEFERRED_MS = 60_000;

/** What went wrong with one message, in nodemailer's terms. */
export interface SmtpFailure {
  message: string;
  /** `EAUTH`, `EENVELOPE`, `ECONNECTION`, … */
  code?: string;
  /** The command that was in flight; `API` when the message never reached the wire. */
  command?: string;
  /** The server's reply; absent when there was none. */
  responseCode?: number;
}

/**
 * What became of a message that failed. `begun`: the server had answered 354 and the content was on its way; from then
 * on only a reply proves anything (RFC 5321 section 4.2.5), and without one the message may have been taken.
 */
export function smtpOutcome(failure: SmtpFailure, begun: boolean, to: string): SendOutcome {
  const { code = "", command = "", responseCode } = failure;
  const reason = redactAddresses(`${code} ${command}: ${failure.message}`, [to]);
  if (responseCode === undefined && begun) return { kind: "unknown", reason };
  if (responseCode !== undefined && responseCode < 500) return { kind: "retry", reason, afterMs: DEFERRED_MS };
  if (isMessagesFault(failure)) return { kind: "refused", reason };
  if (code === "EAUTH") return { kind: "halt", reason, cause: "key" };
  if (responseCode !== undefined || code === "ECONFIG") return { kind: "halt", reason, cause: "request" };
  return { kind: "retry", reason, afterMs: RECONNECT_MS };
}

/** A recipient or a content that the server or nodemailer itself turns down; the next message may fare better. */
function isMessagesFault({ code, command = "", responseCode }: SmtpFailure): boolean {
  if (code === "EMESSAGE") return true;
  if (code === "EENVELOPE" && command === "API") return true;
  return responseCode === 552 || command === "RCPT TO" || command === "DATA";
}
