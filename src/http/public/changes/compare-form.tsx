import type { VersionMark } from "../../../articles/index.ts";
import { sayDay, sayMoment } from "../../ui/days.ts";
import type { Frame } from "../../ui/page.tsx";
import { Button } from "../../ui/parts.tsx";

interface CompareFormProps {
  frame: Frame;
  path: string;
  /** Newest first. */
  marks: VersionMark[];
  /** Chosen already. */
  from?: number;
  to?: number;
  timezone: string;
}

/** Picks any two versions. A form that asks, so that every comparison has an address of its own. */
export function CompareForm({ frame, path, marks, from, to, timezone }: CompareFormProps) {
  const words = frame.messages.compare;
  const ends = { from: from ?? marks.at(-1)?.number, to: to ?? marks[0]?.number };
  return (
    <details>
      <summary>
        <b>{words.title}</b>
      </summary>
      <form class="inside stack" method="get" action={path}>
        <div class="pair">
          {(["from", "to"] as const).map((name) => (
            <div>
              <label for={`compare-${name}`}>{words[name]}</label>
              <select id={`compare-${name}`} name={name}>
                {marks.map((mark) => (
                  <option value={String(mark.number)} selected={mark.number === ends[name]}>
                    {words.option(mark.number, dayOf(mark, frame, timezone))}
                  </option>
                ))}
              </select>
            </div>
          ))}
        </div>
        <input type="hidden" name="lang" value={frame.locale} />
        <p>
          <Button look="plain">{words.button}</Button>
        </p>
      </form>
    </details>
  );
}

/** The day of its review, or the day it was first seen. */
function dayOf({ reviewedOn, takenAt }: VersionMark, { messages }: Frame, timezone: string): string {
  return reviewedOn === null ? sayMoment(takenAt, messages.tag, timezone) : sayDay(reviewedOn, messages.tag);
}
