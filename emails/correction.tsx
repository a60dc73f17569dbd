/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import { Facts } from "./_components/facts.tsx";
import { Frame } from "./_components/frame.tsx";
import { RuleBox, type Tone } from "./_components/rule-box.tsx";
import { correctionLetter } from "./_correction/letter.ts";
import { type CorrectionView, correctionView } from "./_correction/view.ts";
import type { CorrectionProps } from "./_props.ts";
import { sampleFrame, sampleLinks } from "./_sample.ts";
import { below, faces, text as inColour, link, titleLink } from "./_theme.ts";

export const subject = (props: CorrectionProps) => correctionView(props).subject;
export const text = (props: CorrectionProps) => correctionLetter(correctionView(props));

const TONES = { clarification: "correction", correction: "correction", safety: "danger" } as const;

export default function Correction(props: CorrectionProps) {
  const {
    discretion,
    severity,
    label,
    title,
    url,
    opening,
    parts,
    note,
    facts,
    link: more,
    ...frame
  } = correctionView(props);
  const tone = TONES[severity];
  return (
    <Frame {...frame} edition={null}>
      {discretion !== null && <Text {...inColour("quiet", { ...faces.label, ...below("xl") })}>{discretion}</Text>}
      <Text {...inColour(tone, { ...faces.small, ...below("xs"), fontWeight: 600 })}>{label}</Text>
      <Heading style={{ ...faces.title, ...below("lg"), fontWeight: 600 }}>
        <Link href={url} {...link("ink", titleLink)}>
          {title}
        </Link>
      </Heading>
      <Text style={{ ...faces.body, ...below("xl") }}>{opening}</Text>
      <Parts parts={parts} tone={tone} />
      {note?.paragraphs.map((paragraph, index) => (
        <Text key={paragraph} style={{ ...faces.body, ...below("lg") }}>
          {index === 0 && <strong>{`${note.label}:`}</strong>}
          {`${index === 0 ? " " : ""}${paragraph}`}
        </Text>
      ))}
      <Facts facts={facts} gap="lg" />
      <Link href={more.url} {...link("accent", faces.label)}>
        {more.label}
      </Link>
    </Frame>
  );
}

function Parts({ parts, tone }: { parts: CorrectionView["parts"]; tone: Tone }) {
  return (
    <RuleBox tone={tone}>
      {parts.map(({ title, paragraphs, quoted }, at) => {
        const gap = at === parts.length - 1 ? "none" : "lg";
        return (
          <div key={title}>
            <Heading as="h2" {...inColour(tone, { ...faces.label, ...below("xs") })}>
              {title}
            </Heading>
            {paragraphs.map((paragraph, index) => (
              <Text
                key={paragraph}
                {...inColour(quoted ? "quiet" : "ink", {
                  ...faces.body,
                  ...below(index === paragraphs.length - 1 ? gap : "sm"),
                })}
              >
                {paragraph}
              </Text>
            ))}
          </div>
        );
      })}
    </RuleBox>
  );
}

Correction.PreviewProps = {
  ...sampleFrame,
  ...sampleLinks,
  severity: "correction",
  title: "Questionnaires for Adult ADHD, Compared",
  url: "https://www.example.org/resources/assessments/adult-adhd",
  changesUrl: "https://news.example.org/changes/adult-adhd#correction-12",
  wrong: "On the short questionnaire, four or more answers in the shaded area suggest a closer look.",
  right: "On the version we describe, it takes six or more. Four or more is the threshold of an older version.",
  why: "We copied the table from the manual of the older version.",
  note: "If you scored yourself with our table, please look again. A score is a reason to talk to someone, not a diagnosis.",
  wrongSince: "2025-03-03",
  correctedOn: "2026-01-14",
  reviewedOn: "2026-01-14",
  reviewers: ["HeyPsych Medical Review Board"],
} satisfies CorrectionProps;
