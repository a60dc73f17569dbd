import type { Locale } from "../../subscribers/words.ts";
import type { Changes, Part, Sentence } from "../changes.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { summarise } from "./summarise.ts";
import type { ChangeWords } from "./words.ts";

/** A new language is one file beside these and one line here. */
const WORDS: Record<Locale, ChangeWords> = { en, es };

/**
 * The same changes with `sentences` and `summary` in the words of a language; quotations stay as the article has them.
 * Sentences stored before their parts were kept stay in English.
 */
export function tellChanges(changes: Changes, locale: Locale): Changes {
  const words = WORDS[locale];
  const sentences = changes.sentences.map((sentence) => tellSentence(sentence, words));
  const untold = sentences.length > 0 && sentences.every(({ parts }) => parts === undefined);
  return { ...changes, sentences, summary: untold ? changes.summary : summarise(changes, words) };
}

function tellSentence(sentence: Sentence, words: ChangeWords): Sentence {
  const { place = "section", parts } = sentence;
  const section = place === "section" ? sentence.section : words.places[place];
  return parts === undefined ? sentence : { ...sentence, section, text: tellParts(parts, words) };
}

/** Parts of the text are one sentence; what happened to the section as a whole is another. */
const OF_THE_TEXT = new Set<Part["kind"]>(["replaced", "added", "removed", "says", "more"]);

function tellParts(parts: Part[], words: ChangeWords): string {
  const sentences: string[] = [];
  let last: Part | undefined;
  for (const part of parts) {
    const said = words.part(part);
    const joins = last && OF_THE_TEXT.has(last.kind) && OF_THE_TEXT.has(part.kind);
    if (joins) sentences.push(`${sentences.pop()}; ${said.charAt(0).toLowerCase()}${said.slice(1)}`);
    else sentences.push(said);
    last = part;
  }
  return sentences.map(words.close).join(" ");
}
