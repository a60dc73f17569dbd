import type { Context } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import type { OutgoingMessage } from "./mailer.ts";
import { type CapturedRow, findCaptured, pageOfCaptured } from "./queries.ts";

/** A message that the capture transport kept. */
export interface CapturedMail {
  id: number;
  /** Milliseconds since 1970. */
  capturedAt: number;
  message: OutgoingMessage;
}

type Mailbox = Pick<Context, "db" | "vault">;

/** Captured messages, newest first; `before` is the id where the last page ended. */
export async function listCaptured(
  ctx: Mailbox,
  { limit, before = null }: { limit: number; before?: number | null },
): Promise<CapturedMail[]> {
  await ctx.vault.ready();
  return (await pageOfCaptured(ctx.db, limit, before)).map((row) => toMail(ctx, row));
}

/** One captured message. Throws `NotFoundError`. */
export async function getCaptured(ctx: Mailbox, id: number): Promise<CapturedMail> {
  await ctx.vault.ready();
  const row = Number.isSafeInteger(id) ? await findCaptured(ctx.db, id) : undefined;
  if (!row) throw new NotFoundError("no such message in the mailbox");
  return toMail(ctx, row);
}

function toMail({ vault }: Mailbox, { id, captured_at, message }: CapturedRow): CapturedMail {
  return { id, capturedAt: captured_at, message: JSON.parse(vault.open(message)) as OutgoingMessage };
}
