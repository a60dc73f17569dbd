/** @jsxImportSource react */
import { Frame } from "./_components/frame.tsx";
import { blocksOf, setBlocks } from "./_digest/blocks.tsx";
import { digestLetter } from "./_digest/letter.ts";
import { digestView } from "./_digest/view.ts";
import type { DigestProps } from "./_props.ts";
import { sampleFrame, sampleItems, sampleLinks } from "./_sample.ts";

export const subject = (props: DigestProps) => digestView(props).subject;
export const text = (props: DigestProps) => digestLetter(digestView(props));

export default function Digest(props: DigestProps) {
  const view = digestView(props);
  const { lang, dir, subject: title, preheader, wordmark, edition, footer } = view;
  const frame = { lang, dir, subject: title, preheader, wordmark, edition, footer };
  return <Frame {...frame}>{setBlocks(blocksOf(view))}</Frame>;
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
