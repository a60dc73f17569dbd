import { createTransport } from "nodemailer";
import { InvalidError } from "../errors.ts";
import { problemOf } from "./headers.ts";
import type { OutgoingMessage } from "./mailer.ts";
import { SIGNED_HEADERS } from "./signed-headers.ts";

export interface DkimKey {
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

export interface EmlOptions {
  /** The `Date` header, milliseconds since 1970. */
  date: number;
  /** Null: not signed. */
  dkim?: DkimKey | null;
}

/**
 * The message as it travels: RFC 5322 and MIME, CRLF line ends, text and HTML as alternatives, signed by DKIM
 * (RFC 6376) when there is a key. Throws `InvalidError` when a header would be broken out of.
 */
export async function toEml(message: OutgoingMessage, { date, dkim = null }: EmlOptions): Promise<Uint8Array> {
  const problem = problemOf(message);
  if (problem) throw new InvalidError(problem);
  const { from, to, replyTo, subject, text, html, messageId, headers } = message;
  const composer = createTransport({
    streamTransport: true,
    buffer: true,
    newline: "windows",
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && { dkim: signingWith(dkim) }),
  });
  const mail = { from, to, subject, text, html, messageId, headers, date: new Date(date) };
  const { message: bytes } = await composer.sendMail({ ...mail, ...(replyTo !== undefined && { replyTo }) });
  if (!(bytes instanceof Uint8Array)) throw new Error("[mail] the message was not composed into bytes");
  return bytes;
}

function signingWith({ domain, selector, privateKey }: DkimKey) {
  return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: SIGNED_HEADERS };
}
