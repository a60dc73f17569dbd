/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { CSSProperties } from "react";
import type { BoxLine, Box as View } from "../_digest/boxes.ts";
import { below, faces, link, text } from "../_theme.ts";
import { RuleBox } from "./rule-box.tsx";

/** What was corrected or what changed, line by line, beside a rule in the colour of its kind. */
export function Box({ box, as }: { box: View; as: "h3" | "h4" }) {
  const line = { ...faces.inherited, ...below("sm") };
  const last = { ...line, ...below("none") };
  const isLast = (index: number) => box.more === null && box.link === null && index === box.lines.length - 1;
  return (
    <RuleBox tone={box.tone}>
      <Heading as={as} {...text(box.tone, { ...faces.label, ...below("sm") })}>
        {box.title}
      </Heading>
      {box.note !== null && <Text style={line}>{box.note}</Text>}
      {box.lines.map((one, index) => (
        <Line key={`${one.name} ${one.texts[0]}`} line={one} style={isLast(index) ? last : line} />
      ))}
      {box.more !== null && <Text style={box.link === null ? last : line}>{box.more}</Text>}
      {box.link !== null && (
        <Link href={box.link.url} {...link(box.tone)}>
          {box.link.label}
        </Link>
      )}
    </RuleBox>
  );
}

/** A name and the sentence under it. Of several sentences each stands by itself, and the first, what was said, is quiet. */
function Line({ line: { name, texts }, style }: { line: BoxLine; style: CSSProperties }) {
  const [said, ...others] = texts;
  const inner = { ...style, ...below("xs") };
  return (
    <>
      <Text style={others.length > 0 ? { ...style, ...below("none") } : style}>
        <strong>{name}</strong>
        {others.length === 0 && <br />}
        {others.length === 0 && said}
      </Text>
      {others.length > 0 && <Text {...text("quiet", inner)}>{said}</Text>}
      {others.map((sentence, index) => (
        <Text key={sentence} style={index === others.length - 1 ? style : inner}>
          {sentence}
        </Text>
      ))}
    </>
  );
}
