import { InvalidError } from "../errors.ts";
import type { OutgoingMessage, Rendering } from "./mailer.ts";

/** RFC 5322 section 3.6.8: printable ASCII but the colon. */
const HEADER_NAME = /^[\x21-\x39\x3b-\x7e]+$/;
/** One bare address: nothing that could add a second one, a name or a parameter. */
const ADDRESS = /^[^\s@<>,;:"\\()[\]]+@[^\s@<>,;:"\\()[\]]+$/;
const TAG = /^[A-Za-z0-9_-]{1,256}$/;

/** Throws `InvalidError` when a value would break out of its header: CR, LF or NUL in it (RFC 5322 section 2.2). */
export function assertHeaderSafe(name: string, value: string): void {
  if (!isHeaderSafe(value)) throw new InvalidError(`${name} holds a line break or a NUL character`);
}

/**
 * A mailbox from a display name and a bare address, the name quoted (RFC 5322 section 3.4). Throws `InvalidError` when
 * either would break out of its header.
 */
export function formatMailbox(name: string, address: string): string {
  assertHeaderSafe("the sender's name", name);
  if (!ADDRESS.test(address)) throw new InvalidError("the sender's address is not one bare address");
  if (name === "") return address;
  return `"${name.replaceAll(/["\\]/g, "\\$&")}" <${address}>`;
}

/** What makes a message unfit for any transport; null when nothing does. Names no address. */
export function problemOf(message: OutgoingMessage): string | null {
  const { to, tags, messageId, merged } = message;
  if (!ADDRESS.test(to)) return "the recipient is not one bare address";
  if (!isHeaderSafe(messageId)) return "Message-ID holds a line break or a NUL character";
  const problem = merged ? problemOfRendering(merged.rendering) : problemOfHeaders(message);
  if (problem) return problem;
  for (const name in tags) {
    if (!(TAG.test(name) && TAG.test(tags[name] ?? ""))) return "a tag holds a forbidden character";
  }
  return null;
}

type Named = Pick<OutgoingMessage, "from" | "replyTo" | "subject" | "headers">;

function problemOfHeaders({ from, replyTo = "", subject, headers }: Named): string | null {
  for (const [name, value] of Object.entries({ From: from, "Reply-To": replyTo, Subject: subject, ...headers })) {
    if (!HEADER_NAME.test(name)) return "a header's name holds a forbidden character";
    if (!isHeaderSafe(value)) return `${name} holds a line break or a NUL character`;
  }
  return null;
}

/** What was found of a rendering; its values can do no harm, see `Template`. */
const found = new WeakMap<Rendering, string | null>();

function problemOfRendering(rendering: Rendering): string | null {
  const known = found.get(rendering);
  if (known !== undefined) return known;
  const { from, subject, headers } = rendering;
  const named = Object.fromEntries(headers.map(([name, template]) => [name, template.join("")]));
  const problem = problemOfHeaders({ from, subject, headers: named });
  found.set(rendering, problem);
  return problem;
}

/** The first problem among messages that are handed over together; null when there is none. */
export function problemAmong(messages: OutgoingMessage[]): string | null {
  for (const message of messages) {
    const problem = problemOf(message);
    if (problem) return problem;
  }
  return null;
}

function isHeaderSafe(value: string): boolean {
  return !/[\r\n\0]/.test(value);
}
