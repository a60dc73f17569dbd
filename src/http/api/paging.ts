import { InvalidError } from "../../errors.ts";
import { z } from "./env.ts";

/** Query of a list: where to go on, and how much at once. */
export const Page = z.object({
  cursor: z.string().max(64).optional().openapi({ description: "`next` of the page before" }),
  limit: z.coerce.number().int().min(1).max(1000).default(50).openapi({ type: "integer", description: "rows at most" }),
});

/** `next` of a page: null on the last one. */
export const Next = z.string().nullable();

/** Cursors are opaque, so that what they hold may change. */
export function toCursor(place: number | string | null): string | null {
  return place === null ? null : Buffer.from(`after ${place}`).toString("base64url");
}

/** The place a cursor stands for; undefined without one. Throws `InvalidError` for what is none. */
export function readCursor(cursor: string | undefined): number | undefined {
  const [place] = readCursorAs(cursor, /^(\d{1,15})$/) ?? [];
  return place === undefined ? undefined : Number(place);
}

/** The parts of a place in a list that is not ordered by number, as `shape` groups them; otherwise as `readCursor`. */
export function readCursorAs(cursor: string | undefined, shape: RegExp): string[] | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, "base64url").toString();
  const parts = text.startsWith("after ") ? shape.exec(text.slice("after ".length))?.slice(1) : undefined;
  if (parts) return parts;
  throw new InvalidError("This cursor is not one of ours.", [{ field: "cursor", text: "expected `next` of a page" }]);
}
