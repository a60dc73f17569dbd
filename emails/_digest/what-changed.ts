import type { Messages } from "../_messages/index.ts";
import { clip, oneLine } from "../_plain.ts";
import type { DigestItem } from "../_props.ts";

/** One section and what happened to it. */
export interface ChangeLine {
  section: string;
  text: string;
}

// Ten full articles must stay well under the size at which Gmail hides the end of a mail, unsubscribe link included.
const LINES = 8;
const HEADING = 120;
const SENTENCE = 420;

/** Every change as a line: the sentences first, then what has none. Empty when nothing changed. */
export function changeLines({ changes }: DigestItem, messages: Messages): ChangeLine[] {
  if (changes === null) return [];
  const { added, removed, changed } = changes.references;
  const say = messages.digest;
  const { referenceCounts } = messages.changes;
  const candidates: ChangeLine[] = [
    ...changes.sentences,
    ...changes.changed.map((section) => ({ section, text: say.changed })),
    ...changes.added.map((section) => ({ section, text: say.added })),
    ...changes.removed.map((section) => ({ section, text: say.removed })),
    ...changes.renamed.map(([before, section]) => ({ section, text: say.renamed(before) })),
    ...changes.moved.map((section) => ({ section, text: say.moved })),
    ...(added.length + removed.length + changed.length > 0
      ? [{ section: say.references, text: referenceCounts(added.length, removed.length, changed.length) }]
      : []),
  ];
  return firstOfEachSection(candidates.map((line) => ({ section: oneLine(line.section), text: oneLine(line.text) })));
}

function firstOfEachSection(lines: ChangeLine[]): ChangeLine[] {
  const seen = new Set<string>();
  return lines.filter(({ section }) => !seen.has(section) && seen.add(section));
}

/** As many lines as a mail has room for, and how many it leaves to the page behind the link. */
export function shownLines(lines: ChangeLine[]): { shown: ChangeLine[]; left: number } {
  const shown = lines
    .slice(0, LINES)
    .map(({ section, text }) => ({ section: clip(section, HEADING), text: clip(text, SENTENCE) }));
  return { shown, left: lines.length - shown.length };
}
