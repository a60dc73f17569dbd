import type { Line, Passage } from "../../../articles/index.ts";
import type { Frame } from "../../ui/page.tsx";

interface WeaveProps {
  frame: Frame;
  passages: Passage[];
  heading: "h2" | "h3";
}

/** The text of every part that changed, what went and what came marked word by word. */
export function Weave({ frame, passages, heading }: WeaveProps) {
  return (
    <div class="weave stack">
      <p class="quiet small">{frame.messages.weave.legend}</p>
      {passages.map((passage) => (
        <PassageText frame={frame} passage={passage} heading={heading} />
      ))}
    </div>
  );
}

/** Characters that before and after take: the page of many versions leaves out what is a read of its own. */
export function lengthOf(passages: Passage[]): number {
  const lines = passages.flatMap((passage) => passage.lines);
  return lines
    .flatMap((line) => (typeof line === "number" ? [] : line))
    .reduce((sum, { text }) => sum + text.length, 0);
}

interface PassageProps {
  frame: Frame;
  passage: Passage;
  heading: "h2" | "h3";
}

function PassageText({ frame, passage, heading: Heading }: PassageProps) {
  const { kind, place, heading, lines } = passage;
  const words = frame.messages.weave;
  const Mark = kind === "added" ? "ins" : kind === "removed" ? "del" : "span";
  return (
    <section class="passage">
      <Heading dir="auto">{place === "section" ? <Mark>{heading}</Mark> : words.places[place]}</Heading>
      <p class="quiet small" dir="auto">
        {whatHappened(passage, frame)}
      </p>
      {lines.map((line) => (
        <LineText frame={frame} line={line} />
      ))}
    </section>
  );
}

function whatHappened({ kind, was, moved }: Passage, { messages }: Frame): string {
  const words = messages.weave;
  const renamed = was === null ? [] : [was === "" ? words.wasOpening : words.was(was)];
  const parts = [...renamed, ...(moved ? [words.moved] : [])];
  return parts.length > 0 ? parts.join(" · ") : words.kinds[kind];
}

function LineText({ frame, line }: { frame: Frame; line: Line }) {
  const words = frame.messages.weave;
  if (typeof line === "number") return <p class="fold quiet small">{words.unchanged(line)}</p>;
  return (
    <p dir="auto">
      {line.map(({ kind, text }) => {
        if (kind === "same") return text;
        const Mark = kind === "added" ? "ins" : "del";
        return (
          <Mark>
            <span class="unseen">[{words.marks[kind]}: </span>
            {text}
            <span class="unseen">]</span>
          </Mark>
        );
      })}
    </p>
  );
}
