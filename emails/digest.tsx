/** @jsxImportSource react */
import { Link, Text } from "@react-email/components";
import { Frame } from "./_components/frame.tsx";
import { Group } from "./_components/group.tsx";
import { Part } from "./_components/item.tsx";
import { UnchangedList } from "./_components/unchanged-list.tsx";
import { digestLetter } from "./_digest/letter.ts";
import { digestView } from "./_digest/view.ts";
import type { DigestProps } from "./_props.ts";
import { sampleFrame, sampleItems, sampleLinks } from "./_sample.ts";
import { below, faces, text as inColour, link } from "./_theme.ts";

// One sentence stands large; an editor who says more is set as text.
const LEAD = 160;

export const subject = (props: DigestProps) => digestView(props).subject;
export const text = (props: DigestProps) => digestLetter(digestView(props));

export default function Digest(props: DigestProps) {
  const { discretion, opening, groups, unchanged, rest, ...frame } = digestView(props);
  return (
    <Frame {...frame}>
      {discretion !== null && <Text {...inColour("quiet", { ...faces.label, ...below("xl") })}>{discretion}</Text>}
      {opening.map((paragraph) => (
        <Text key={paragraph} style={{ ...(paragraph.length <= LEAD ? faces.lead : faces.body), ...below("xl") }}>
          {paragraph}
        </Text>
      ))}
      {groups.map((group, index) => (
        <Group
          key={group.heading}
          group={group}
          last={unchanged === null && rest === null && index === groups.length - 1}
        />
      ))}
      {unchanged !== null && <UnchangedList list={unchanged} last={rest === null} />}
      {rest !== null && (
        <Part last>
          <Link href={rest.url} {...link("accent", faces.body)}>
            {rest.label}
          </Link>
        </Part>
      )}
    </Frame>
  );
}

Digest.PreviewProps = {
  ...sampleFrame,
  ...sampleLinks,
  subject: null,
  intro: null,
  edition: "2026-01-16",
  items: sampleItems,
  webUrl: "https://news.example.org/archive/sample",
  cadence: "weekly",
  rest: null,
} satisfies DigestProps;
