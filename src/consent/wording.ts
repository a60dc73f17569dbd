import type { Locale } from "../subscribers/words.ts";

/** The exact words beside the sign-up button, by locale. `{site}` is the publication's name. */
const WORDING: Record<Locale, string> = {
  en: "I agree to receive {site} by email about the topics and at the rhythm I chose. I can leave at any time with one click in every email.",
  es: "Acepto recibir {site} por correo electrónico sobre los temas y con la frecuencia que elegí. Puedo darme de baja en cualquier momento con un clic en cada correo.",
};

/** What a reader of this locale agrees to when signing up. */
export function consentWording(siteName: string, locale: Locale): string {
  return WORDING[locale].replace("{site}", siteName);
}
