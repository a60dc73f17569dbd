/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { ChangeBox as Box } from "../_digest/item-view.ts";
import { below, faces, link, text } from "../_theme.ts";
import { RuleBox } from "./rule-box.tsx";

const TONES = { "re-reviewed": "review", corrected: "correction" } as const;

/** What changed, section by section, beside a rule in the colour of its kind. */
export function ChangeBox({ box }: { box: Box }) {
  const tone = TONES[box.kind];
  const line = { ...faces.inherited, ...below("sm") };
  return (
    <RuleBox tone={tone}>
      <Heading as="h3" {...text(tone, { ...faces.label, ...below("sm") })}>
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
      <Link href={box.link.url} {...link(tone)}>
        {box.link.label}
      </Link>
    </RuleBox>
  );
}
