/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { ChangeBox as Box } from "../_digest/item-view.ts";
import { below, edge, edgeStyle, faces, ground, link, shape, text } from "../_theme.ts";
import { Cell } from "./cell.tsx";

const TONES = {
  "re-reviewed": { colour: "review", wash: "reviewWash", rule: "review" },
  corrected: { colour: "correction", wash: "correctionWash", rule: "correction" },
} as const;

/** What changed, section by section, beside a rule in the colour of its kind. */
export function ChangeBox({ box }: { box: Box }) {
  const tone = TONES[box.kind];
  const cell = ground(tone.wash, {
    borderLeft: edgeStyle(tone.rule, 3),
    borderRadius: `0 ${shape.radius}px ${shape.radius}px 0`,
    padding: "16px",
  });
  const line = { ...faces.inherited, ...below("sm") };
  return (
    <Cell
      className={`${cell.className} ${edge(tone.rule)}`}
      style={{ ...cell.style, ...faces.label }}
      table={below("lg")}
    >
      <Heading as="h3" {...text(tone.colour, { ...faces.label, ...below("sm") })}>
        {box.title}
      </Heading>
      {box.note !== null && <Text style={line}>{box.note}</Text>}
      {box.lines.map(({ section, text: sentence }) => (
        <Text key={section} style={line}>
          <strong>{section}</strong>
          <br />
          {sentence}
        </Text>
      ))}
      {box.more !== null && <Text style={line}>{box.more}</Text>}
      <Link href={box.link.url} {...link(tone.colour)}>
        {box.link.label}
      </Link>
    </Cell>
  );
}
