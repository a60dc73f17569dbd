import type { FooterView } from "./_footer.ts";
import { footerLetter } from "./_footer.ts";
import { letter, link, paragraph, title, together } from "./_letter.ts";
import type { ButtonWords, Messages } from "./_messages/messages.ts";
import { oneLine } from "./_plain.ts";

/** A mail about the subscription itself: a few sentences, one button, at most one thing beside it. */
export interface ServiceView {
  lang: string;
  dir: Messages["dir"];
  subject: string;
  preheader: string;
  wordmark: string;
  words: ButtonWords;
  url: string;
  aside: { text: string | null; label: string; url: string } | null;
  footer: FooterView;
}

/** The same content as the HTML, as a letter. */
export function serviceLetter({ wordmark, words, url, aside, footer }: ServiceView): string {
  return letter([
    together(oneLine(wordmark), title(words.title, "=")),
    ...words.paragraphs.map(paragraph),
    link(words.button, url),
    words.after === null ? null : paragraph(words.after),
    aside?.text == null ? null : paragraph(aside.text),
    aside === null ? null : link(aside.label, aside.url),
    ...footerLetter(footer),
  ]);
}
