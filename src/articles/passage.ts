import type { VersionContent } from "./version-content.ts";
import { wordsOf } from "./words-of.ts";

/** Whether a version says these words anywhere, whatever the typography, case and punctuation around them. Pure. */
export function saysPassage({ title, summary, sections, references }: VersionContent, passage: string): boolean {
  const wanted = bare(passage);
  if (wanted === " ") return false;
  const parts = [title, summary ?? "", ...sections.flatMap(({ heading, text }) => [heading, text]), ...references];
  return parts.some((part) => bare(part).includes(wanted));
}

/** The words between blanks, each without quotation marks and closing punctuation. */
function bare(text: string): string {
  const words = wordsOf(text).map((word) => word.key.replace(/^["'([]+|["'.,;:!?)\]]+$/g, "").toLowerCase());
  return ` ${words.filter((word) => word !== "").join(" ")} `.replace(/^ {2}$/, " ");
}
