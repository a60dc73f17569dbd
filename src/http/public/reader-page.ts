import type { Context as Http } from "hono";
import type { Context } from "../../context.ts";
import type { Locale } from "../../subscribers/words.ts";
import { isLocale, localeOf } from "../ui/locale.ts";
import { type Frame, frameOf } from "../ui/page.tsx";

/** The frame of a request: the reader's own language where it is known and no other was asked for. */
export function frameFor(c: Http, ctx: Context, own?: string): Frame {
  const asked = c.req.query("lang");
  const locale: Locale = !isLocale(asked) && isLocale(own) ? own : localeOf(c);
  return frameOf(ctx, locale);
}

/** The token of a reader's page. */
export function tokenOf(c: Http): string {
  return c.req.param("token") ?? "";
}
