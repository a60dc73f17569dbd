import { Hono, type Context as Http } from "hono";
import type { Editor } from "../../editors/index.ts";

/** What a request of the desk carries: who is signed in. */
export interface DeskEnv {
  Variables: { editor: Editor };
}

export type DeskHttp = Http<DeskEnv>;

export function newDoor(): Hono<DeskEnv> {
  return new Hono<DeskEnv>();
}

/** Whether this editor sees what changes something. The door refuses the rest. */
export function mayChange({ role }: Editor): boolean {
  return role !== "viewer";
}

/** Who did it, as it is noted. */
export function actor({ id }: Editor): string {
  return String(id ?? "bootstrap");
}

/** The number of a list's last row on the page before; null for the first page and for what is no number. */
export function cursorOf(c: DeskHttp, name = "before"): number | null {
  const text = c.req.query(name);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
