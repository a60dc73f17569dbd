/** @jsxImportSource react */
import type { ChangeBox as Box } from "../_digest/item-view.ts";
import { below, edge, edgeStyle, faces, ground, shape, text } from "../_theme.ts";
import { Table } from "./table.tsx";

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
  return (
    <Table style={{ tableLayout: "fixed", ...below("lg") }}>
      <td className={`${cell.className} ${edge(tone.rule)}`} style={{ ...cell.style, ...faces.label }}>
        <h3 {...text(tone.colour, { ...faces.label, ...below("sm") })}>{box.title}</h3>
        {box.note !== null && <p style={below("sm")}>{box.note}</p>}
        {box.lines.map(({ section, text: sentence }) => (
          <p key={section} style={below("sm")}>
            <strong>{section}</strong>
            <br />
            {sentence}
          </p>
        ))}
        {box.more !== null && <p style={below("sm")}>{box.more}</p>}
        <a href={box.link.url} {...text(tone.colour, { textDecoration: "underline" })}>
          {box.link.label}
        </a>
      </td>
    </Table>
  );
}
