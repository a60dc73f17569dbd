import type { Locale } from "../../../subscribers/words.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import type { Messages } from "./messages.ts";

export type { Messages, Words } from "./messages.ts";

const CATALOGUES: Record<Locale, Messages> = { en, es };

/** The words of a language. A new language is one file beside these and one line here. */
export function messagesFor(locale: string): Messages {
  return CATALOGUES[locale as Locale] ?? en;
}
