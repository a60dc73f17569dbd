import type { Changes } from "../../articles/index.ts";
import type { Frame } from "../ui/page.tsx";

interface ChangesBoxProps {
  frame: Frame;
  changes: Changes;
  corrected: boolean;
  /** An editor's words. */
  note: string | null;
}

interface Line {
  section: string;
  text: string;
}

/** What changed between two versions, section by section, beside a rule in the colour of its kind. */
export function ChangesBox({ frame, changes, corrected, note }: ChangesBoxProps) {
  const words = frame.messages.changes;
  const lines = linesOf(changes, frame);
  const lists: [string, string[]][] = [
    [words.referencesAdded, changes.references.added],
    [words.referencesRemoved, changes.references.removed],
    [words.reviewersAdded, changes.reviewers.added],
    [words.reviewersRemoved, changes.reviewers.removed],
  ];
  const empty = lines.length === 0 && lists.every(([, entries]) => entries.length === 0);
  return (
    <div class={`notice ${corrected ? "correction" : "review"}`}>
      {note !== null && (
        <p>
          <b>{words.editorNote}:</b> {note}
        </p>
      )}
      {empty && <p>{words.nothing}</p>}
      <dl class="changes">
        {lines.map(({ section, text }) => (
          <div>
            <dt>{section}</dt>
            <dd>{text}</dd>
          </div>
        ))}
        {lists.map(([title, entries]) => (
          <Entries title={title} entries={entries} />
        ))}
      </dl>
    </div>
  );
}

function Entries({ title, entries }: { title: string; entries: string[] }) {
  if (entries.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      {entries.map((entry) => (
        <dd>{entry}</dd>
      ))}
    </div>
  );
}

/** The sentences, and a plain word for each change that has none. */
function linesOf({ sentences, added, removed, renamed, moved, changed }: Changes, frame: Frame): Line[] {
  const words = frame.messages.changes;
  const told = new Set(sentences.map(({ section }) => section));
  const plain: Line[] = [
    ...added.map((section) => ({ section, text: words.added })),
    ...removed.map((section) => ({ section, text: words.removed })),
    ...renamed.map(([before, section]) => ({ section, text: words.renamed(before) })),
    ...moved.map((section) => ({ section, text: words.moved })),
    ...changed.map((section) => ({ section, text: words.changed })),
  ];
  return [...sentences, ...plain.filter(({ section }) => !told.has(section))];
}
