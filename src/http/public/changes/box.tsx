import type { Child } from "hono/jsx";
import { type Changes, tellChanges } from "../../../articles/index.ts";
import { sayDay } from "../../ui/days.ts";
import type { Frame } from "../../ui/page.tsx";

interface ChangesBoxProps {
  frame: Frame;
  changes: Changes;
  corrected?: boolean;
  /** Editors' words. */
  notes?: string[];
}

interface Entry {
  title: string;
  lines: Child[];
}

/** What changed between two versions in words, section by section, beside a rule in the colour of its kind. */
export function ChangesBox({ frame, changes, corrected = false, notes = [] }: ChangesBoxProps) {
  const words = frame.messages.changes;
  const told = tellChanges(changes, frame.locale);
  const entries = [
    ...told.sentences.map(({ section, text }) => ({ title: section, lines: [text] })),
    ...listEntries(told, frame),
    ...dayEntries(told, frame),
  ].filter(({ lines }) => lines.length > 0);
  const textIsSame = told.sentences.length === 0;
  return (
    <div class={`notice ${corrected ? "correction" : "review"} tight`}>
      {notes.map((note) => (
        <p dir="auto">
          <b>{words.editorNote}:</b> {note}
        </p>
      ))}
      {textIsSame && <p>{words.nothing}</p>}
      {entries.length > 0 && (
        <dl class="changes">
          {entries.map((entry) => (
            <EntryLines entry={entry} />
          ))}
        </dl>
      )}
    </div>
  );
}

function EntryLines({ entry: { title, lines } }: { entry: Entry }) {
  return (
    <div>
      <dt dir="auto">{title}</dt>
      {lines.map((line) => (
        <dd dir="auto">{line}</dd>
      ))}
    </div>
  );
}

function listEntries({ references, reviewers }: Changes, { messages }: Frame): Entry[] {
  const words = messages.changes;
  return [
    { title: words.referencesAdded, lines: references.added },
    { title: words.referencesRemoved, lines: references.removed },
    {
      title: words.referencesChanged,
      lines: references.changed.flatMap(([before, after]) => [
        after,
        <span class="quiet">{words.instead(before)}</span>,
      ]),
    },
    { title: words.reviewersAdded, lines: reviewers.added },
    { title: words.reviewersRemoved, lines: reviewers.removed },
  ];
}

function dayEntries({ dates }: Changes, { messages }: Frame): Entry[] {
  const words = messages.changes;
  const say = (day: string | null) => (day === null ? null : sayDay(day, messages.tag));
  return dates.map(({ field, before, after }) => ({
    title: words[field],
    lines: [words.dayChanged(say(after), say(before))],
  }));
}
