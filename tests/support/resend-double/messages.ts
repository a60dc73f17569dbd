import { failure, type Reply } from "./reply.ts";

/** A message in the provider's words, as far as the double looks at it. */
export interface Email {
  from: string;
  to: string[];
  subject: string;
  html?: string;
  text?: string;
  headers: Record<string, string>;
  tags: Record<string, string>;
  replyTo: string[];
  cc: string[];
  bcc: string[];
}

/** What a request holds: messages that may be sent, and what is wrong with the others. */
export interface ReadRequest {
  emails: { index: number; email: Email }[];
  errors: Refusal[];
}

/** One email of a request that cannot be sent, by its place in the request. */
export interface Refusal {
  index: number;
  message: string;
  reply: Reply;
}

const MAX_BATCH = 100;
const MAX_RECIPIENTS = 50;
const ADDRESS = /^[^\s@<>,;"\\]+@[^\s@<>,;."\\]+(\.[^\s@<>,;."\\]+)+$/;
const MAILBOX = /^(?:[^<>\r\n]*<([^<>]+)>|([^<>]+))$/;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** Reads a request's JSON; a reply when the whole of it is refused. Attachments of a batch are dropped in silence. */
export function readRequest(body: unknown, batch: boolean): ReadRequest | Reply {
  if (batch && !Array.isArray(body)) return invalid("The request body must be an array of emails.");
  const items: unknown[] = batch && Array.isArray(body) ? body : [body];
  if (items.length === 0) return invalid("The batch must hold at least one email.");
  if (items.length > MAX_BATCH) return invalid(`The batch must hold at most ${MAX_BATCH} emails.`);
  const read: ReadRequest = { emails: [], errors: [] };
  for (const [index, item] of items.entries()) {
    const problem = problemOf(item);
    if (problem) read.errors.push({ index, reply: problem, message: messageOf(problem) });
    else read.emails.push({ index, email: toEmail(item as RawEmail) });
  }
  return read;
}

interface RawEmail {
  from: string;
  to: string | string[];
  cc?: string | string[];
  bcc?: string | string[];
  reply_to?: string | string[];
  subject: string;
  html?: string;
  text?: string;
  headers?: Record<string, string>;
  tags?: { name: string; value: string }[];
}

/** The bare address of a mailbox; null when it is none. */
export function addressOf(mailbox: unknown): string | null {
  if (typeof mailbox !== "string") return null;
  const match = MAILBOX.exec(mailbox.trim());
  const address = (match?.[1] ?? match?.[2] ?? "").trim();
  return ADDRESS.test(address) ? address : null;
}

function problemOf(item: unknown): Reply | null {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return invalid("Each email must be an object.");
  const email = item as Record<string, unknown>;
  for (const field of ["from", "to", "subject"]) {
    if (email[field] === undefined || email[field] === null || email[field] === "") return missing(field);
  }
  if (!email.html && !email.text && !email.template) return missing("html` or `text");
  return problemOfSender(email) ?? problemOfRecipients(email) ?? problemOfHeaders(email) ?? problemOfTags(email.tags);
}

function problemOfSender({ from, subject }: Record<string, unknown>): Reply | null {
  if (!addressOf(from)) {
    const forms = "`email@example.com` or `Name <email@example.com>`";
    return invalid(`Invalid \`from\` field. The email address needs to follow the ${forms} format.`);
  }
  return typeof subject === "string" && isOneLine(subject) ? null : invalid("Invalid `subject` field.");
}

function problemOfRecipients(email: Record<string, unknown>): Reply | null {
  for (const field of ["to", "cc", "bcc", "reply_to"]) {
    const list = email[field] === undefined || email[field] === null ? [] : [email[field]].flat();
    if (list.length > MAX_RECIPIENTS)
      return invalid(`The \`${field}\` field takes at most ${MAX_RECIPIENTS} addresses.`);
    if (list.some((one) => !addressOf(one))) return invalid(`Invalid \`${field}\` field: ${String(list[0])}.`);
  }
  return null;
}

function problemOfHeaders({ headers }: Record<string, unknown>): Reply | null {
  if (headers === undefined || headers === null) return null;
  if (typeof headers !== "object" || Array.isArray(headers)) return invalid("Invalid `headers` field.");
  const good = Object.entries(headers).every(
    ([name, value]) => /^[\x21-\x39\x3b-\x7e]+$/.test(name) && typeof value === "string" && isOneLine(value),
  );
  return good ? null : invalid("Header names and values must be strings without line breaks.");
}

function problemOfTags(tags: unknown): Reply | null {
  if (tags === undefined || tags === null) return null;
  if (!Array.isArray(tags)) return invalid("Invalid `tags` field.");
  const good = tags.every((tag) => TAG.test(String(tag?.name)) && TAG.test(String(tag?.value)));
  return good ? null : invalid("Tags should only contain ASCII letters, numbers, underscores, or dashes.");
}

function toEmail(raw: RawEmail): Email {
  return {
    from: raw.from,
    to: list(raw.to),
    cc: list(raw.cc),
    bcc: list(raw.bcc),
    replyTo: list(raw.reply_to),
    subject: raw.subject,
    ...(raw.html === undefined ? {} : { html: raw.html }),
    ...(raw.text === undefined ? {} : { text: raw.text }),
    headers: raw.headers ?? {},
    tags: Object.fromEntries((raw.tags ?? []).map(({ name, value }) => [name, value])),
  };
}

function list(value: string | string[] | undefined): string[] {
  return value === undefined || value === null ? [] : [value].flat();
}

function isOneLine(text: string): boolean {
  return !/[\r\n\0]/.test(text);
}

function invalid(message: string): Reply {
  return failure(422, "validation_error", message);
}

function missing(field: string): Reply {
  return failure(422, "missing_required_field", `Missing \`${field}\` field.`);
}

function messageOf(reply: Reply): string {
  return (JSON.parse(reply.body) as { message: string }).message;
}
