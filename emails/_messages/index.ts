import type { Locale } from "../../src/subscribers/words.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import type { Messages } from "./messages.ts";

export type { Messages } from "./messages.ts";

const catalogues: Record<Locale, Messages> = { en, es };

export function messagesFor(locale: Locale): Messages {
  return catalogues[locale];
}
