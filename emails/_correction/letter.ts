import { footerLetter } from "../_footer.ts";
import { letter, link, paragraph, title, together } from "../_letter.ts";
import type { CorrectionView } from "./view.ts";

/** The notice as a letter: the same words in the same order as the HTML. */
export function correctionLetter(view: CorrectionView): string {
  const { discretion, note } = view;
  return letter([
    view.wordmark,
    discretion === null ? null : paragraph(discretion),
    together(paragraph(view.label), title(view.title, "="), view.url),
    paragraph(view.opening),
    ...view.parts.flatMap((part) => [title(part.title), ...part.paragraphs.map(paragraph)]),
    ...(note === null ? [] : [`${note.label}: ${note.paragraphs[0]}`, ...note.paragraphs.slice(1)].map(paragraph)),
    paragraph(view.facts.join(" · ")),
    link(view.link.label, view.link.url),
    ...footerLetter(view.footer),
  ]);
}
