import type { Context as Http } from "hono";
import { accepts } from "hono/accepts";
import { LOCALES, type Locale } from "../../subscribers/words.ts";

/** The language to answer in: `?lang=` when it names one we have, else the best of Accept-Language, else English. */
export function localeOf(c: Http): Locale {
  const asked = c.req.query("lang");
  if (isLocale(asked)) return asked;
  const best = accepts(c, { header: "Accept-Language", supports: [...LOCALES], default: "en", match: firstWanted });
  return isLocale(best) ? best : "en";
}

export function isLocale(text: string | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/** `es-MX` is served by `es`. */
function firstWanted(accepted: { type: string; q: number }[], { default: fallback }: { default: string }): string {
  const wanted = accepted
    .filter(({ q }) => q > 0)
    .toSorted((a, b) => b.q - a.q)
    .map(({ type }) => type.toLowerCase().split("-")[0]);
  return wanted.find(isLocale) ?? fallback;
}
