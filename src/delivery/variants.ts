import type { Context } from "../context.ts";
import type { OutgoingMessage } from "../mail/mailer.ts";
import type { TokenPurpose } from "../vault/index.ts";
import { cutTemplate, fill, type Template } from "./merge.ts";
import { loadVariants, type Variant } from "./variant-queries.ts";

/** A variant ready to be merged: everything but the recipient. */
export interface CutVariant {
  from: string;
  subject: string;
  html: Template;
  text: Template;
  headers: [string, Template][];
}

/** How many cut variants a process keeps: a handful of editions with their subsets. */
const KEPT = 64;
/** Frozen rows never change, so a copy is good for the life of the context that read it. */
const kept = new WeakMap<Context["vault"], Map<number, CutVariant>>();

/** The variants of these ids, from memory where they were read before. */
export async function cutVariants(ctx: Context, ids: number[]): Promise<Map<number, CutVariant>> {
  const memory = kept.get(ctx.vault) ?? new Map<number, CutVariant>();
  kept.set(ctx.vault, memory);
  const missing = [...new Set(ids)].filter((id) => !memory.has(id));
  const found = new Map(ids.flatMap((id) => (memory.has(id) ? [[id, memory.get(id) as CutVariant]] : [])));
  for (const row of await loadVariants(ctx.db, missing)) {
    if (memory.size >= KEPT) memory.delete(memory.keys().next().value ?? row.id);
    memory.set(row.id, cut(row));
    found.set(row.id, memory.get(row.id) as CutVariant);
  }
  return found;
}

function cut(row: Variant): CutVariant {
  const headers = Object.entries(JSON.parse(row.headers) as Record<string, string>);
  return {
    from: row.from_mailbox,
    subject: row.subject,
    html: cutTemplate(row.html),
    text: cutTemplate(row.text),
    headers: headers.map(([name, value]) => [name, cutTemplate(value)]),
  };
}

export interface Recipient {
  address: string;
  /** Opaque tags: `digest` or `mail`, and `delivery`. */
  tags: Record<string, string>;
  messageId: string;
  token: (purpose: TokenPurpose) => string;
}

/** One message: the frozen bytes with one reader's tokens merged in. Microseconds. */
export function merge(variant: CutVariant, to: Recipient): OutgoingMessage {
  const token = onceEach(to.token);
  return {
    from: variant.from,
    to: to.address,
    subject: variant.subject,
    html: fill(variant.html, token),
    text: fill(variant.text, token),
    headers: Object.fromEntries(variant.headers.map(([name, value]) => [name, fill(value, token)])),
    tags: to.tags,
    messageId: to.messageId,
  };
}

/** HTML, text and headers name the same tokens, and making one is most of what a message costs. */
function onceEach(token: Recipient["token"]): Recipient["token"] {
  const made = new Map<TokenPurpose, string>();
  return (purpose) => {
    const known = made.get(purpose) ?? token(purpose);
    made.set(purpose, known);
    return known;
  };
}
