import type { Context } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { parse } from "../parse.ts";
import { updateEventNote } from "./correction-queries.ts";
import { EventNote } from "./schemas.ts";

/**
 * Sets an editor's words about an event, or takes them back. Editions that are frozen already keep what they said. Throws
 * `NotFoundError` when no event has the number.
 */
export async function noteEvent(ctx: Context, seq: number, body: unknown): Promise<void> {
  const { note } = parse(EventNote, body);
  if (!(await updateEventNote(ctx.db, seq, note))) throw new NotFoundError("There is no article event of that number.");
}
