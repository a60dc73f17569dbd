import type { Correction } from "../../../articles/index.ts";
import { sayDay, sayMoment } from "../../ui/days.ts";
import type { Frame } from "../../ui/page.tsx";

interface CorrectionsProps {
  frame: Frame;
  corrections: Correction[];
  timezone: string;
}

/** The public notice of each correction, newest first. Its anchor is what the notice by mail leads to. */
export function Corrections({ frame, corrections, timezone }: CorrectionsProps) {
  return (
    <>
      {corrections.map((correction) => (
        <CorrectionNotice frame={frame} correction={correction} timezone={timezone} />
      ))}
    </>
  );
}

interface NoticeProps {
  frame: Frame;
  correction: Correction;
  timezone: string;
}

function CorrectionNotice({ frame, correction, timezone }: NoticeProps) {
  const { corrections: words, changes, tag } = frame.messages;
  const { seq, severity, wrong, right, why, note, versions, wrongSince, correctedAt } = correction;
  const lines: [string, string | null][] = [
    [words.wrong, wrong],
    [words.right, right],
    [words.why, why],
    [changes.editorNote, note],
  ];
  const until = sayMoment(correctedAt, tag, timezone);
  return (
    <section
      class="notice correction stack close"
      id={correctionId(seq)}
      aria-labelledby={`${correctionId(seq)}-title`}
    >
      <div>
        <h2 class="kind corrected" id={`${correctionId(seq)}-title`}>
          {words.severities[severity]}
        </h2>
        <p class="quiet small">
          <time datetime={new Date(correctedAt).toISOString()}>{until}</time>
        </p>
      </div>
      <dl class="changes">
        {lines.map(([title, text]) =>
          text === null ? null : (
            <div>
              <dt>{title}</dt>
              <dd dir="auto">{text}</dd>
            </div>
          ),
        )}
      </dl>
      <p class="quiet small">{words.wrongFrom(sayDay(wrongSince, tag), until, versions)}</p>
    </section>
  );
}

export function correctionId(seq: number): string {
  return `correction-${seq}`;
}
