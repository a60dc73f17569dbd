import type { Context } from "../context.ts";
import type { MergedFrom, OutgoingMessage, Rendering } from "../mail/mailer.ts";
import type { TokenPurpose } from "../vault/index.ts";
import { cutTemplate, fill } from "./merge.ts";
import { loadVariants, type Variant } from "./variant-queries.ts";

/** How many a process keeps, those used last: the subsets of a few editions, some 15 MB. */
const KEPT = 256;
/** Frozen rows never change, so a copy is good for the life of the context that read it. */
const kept = new WeakMap<Context["vault"], Map<number, Rendering>>();

/** The variants of these ids, from memory where they were read before. */
export async function cutVariants(ctx: Context, ids: number[]): Promise<Map<number, Rendering>> {
  const memory = kept.get(ctx.vault) ?? new Map<number, Rendering>();
  kept.set(ctx.vault, memory);
  const wanted = [...new Set(ids)];
  const missing = wanted.filter((id) => !memory.has(id));
  for (const row of await loadVariants(ctx.db, missing)) memory.set(row.id, cut(row));
  const found = new Map(wanted.flatMap((id) => (memory.has(id) ? [[id, memory.get(id) as Rendering]] : [])));
  for (const [id, rendering] of found) {
    memory.delete(id);
    memory.set(id, rendering);
  }
  for (const id of memory.keys()) {
    if (memory.size <= KEPT) break;
    memory.delete(id);
  }
  return found;
}

function cut(row: Variant): Rendering {
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

/** One message: the frozen bytes with one reader's tokens merged in, once somebody reads them. */
export function merge(rendering: Rendering, to: Recipient): OutgoingMessage {
  const token = onceEach(to.token);
  return new MergedMessage(rendering, to, (name) => token(name as TokenPurpose));
}

/** Its texts are put together when they are read: a transport that copies the rendering's own bytes reads none. */
class MergedMessage implements OutgoingMessage {
  readonly to: string;
  readonly tags: Record<string, string>;
  readonly messageId: string;
  readonly merged: MergedFrom;

  constructor(rendering: Rendering, { address, tags, messageId }: Recipient, value: MergedFrom["value"]) {
    this.to = address;
    this.tags = tags;
    this.messageId = messageId;
    this.merged = { rendering, value };
  }

  get from(): string {
    return this.merged.rendering.from;
  }

  get subject(): string {
    return this.merged.rendering.subject;
  }

  get html(): string {
    return fill(this.merged.rendering.html, this.merged.value);
  }

  get text(): string {
    return fill(this.merged.rendering.text, this.merged.value);
  }

  get headers(): Record<string, string> {
    const { rendering, value } = this.merged;
    return Object.fromEntries(rendering.headers.map(([name, template]) => [name, fill(template, value)]));
  }
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
