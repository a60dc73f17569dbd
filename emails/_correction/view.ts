import { sayDay } from "../_days.ts";
import { fitting } from "../_fit.ts";
import { type FooterView, footerView } from "../_footer.ts";
import { type Messages, messagesFor } from "../_messages/index.ts";
import { capitalise, clip, oneLine, paragraphs } from "../_plain.ts";
import type { CorrectionProps } from "../_props.ts";

/** Every word of a correction notice, for both its settings. */
export interface CorrectionView {
  lang: string;
  dir: Messages["dir"];
  subject: string;
  preheader: string;
  wordmark: string;
  /** As in a digest: only in discreet ones, where it keeps the subject out of a preview. */
  discretion: string | null;
  severity: CorrectionProps["severity"];
  label: string;
  title: string;
  url: string;
  opening: string;
  parts: CorrectionPart[];
  note: { label: string; paragraphs: string[] } | null;
  facts: string[];
  link: { label: string; url: string };
  footer: FooterView;
}

interface CorrectionPart {
  title: string;
  paragraphs: string[];
  quoted: boolean;
}

const SUBJECT = 80;
const PREHEADER = 140;
const TITLE = 200;

/** Characters for each text. A notice says all of it; the bound only keeps its end, with the links, from being hidden. */
const ROOMS = [2000, 1000, 400] as const;

export function correctionView(props: CorrectionProps): CorrectionView {
  return fitting(ROOMS, (room) => viewIn(room, props));
}

function viewIn(room: number, props: CorrectionProps): CorrectionView {
  const messages = messagesFor(props.locale);
  const { severity, discreet, site } = props;
  const say = messages.correction;
  const title = clip(oneLine(props.title), TITLE);
  return {
    lang: props.locale,
    dir: messages.dir,
    subject: subjectOf(props, messages),
    preheader: discreet ? say.discreet.preheader : clip(capitalise(oneLine(props.right)), PREHEADER),
    wordmark: discreet ? messages.discreet.wordmark : oneLine(site.name),
    discretion: discreet ? say.discreet.opening : null,
    severity,
    label: `${messages.severities[severity]} · ${sayDay(props.correctedOn, messages)}`,
    title,
    url: props.url,
    opening: say.opening[severity],
    parts: partsOf(props, room, messages),
    note: noteOf(props.note, room, messages),
    facts: factsOf(props, messages),
    link: { label: say.seeChanges, url: props.changesUrl },
    footer: footerView(site, say.reason(site.name), [
      { label: messages.footer.preferences, url: props.preferencesUrl },
      { label: messages.footer.unsubscribe, url: props.unsubscribeUrl },
    ]),
  };
}

function subjectOf({ severity, discreet, title }: CorrectionProps, { severities, correction }: Messages): string {
  const { subject, safetySubject } = correction.discreet;
  if (discreet) return severity === "safety" ? safetySubject : subject;
  const kind = `${severities[severity]}: `;
  return kind + clip(oneLine(title), SUBJECT - kind.length);
}

function partsOf(
  { severity, wrong, right, why }: CorrectionProps,
  room: number,
  { correction: say }: Messages,
): CorrectionPart[] {
  const part = (title: string, words: string) => ({ title, paragraphs: said(words, room), quoted: false });
  const parts = [
    { title: say.told, paragraphs: [say.quote(unquoted(said(wrong, room).join(" ")))], quoted: true },
    part(say.right, right),
    part(say.why, why ?? ""),
    part(say.whatToDo, severity === "safety" ? say.askFirst : ""),
  ];
  return parts.filter(({ paragraphs: lines }) => lines.length > 0);
}

function noteOf(note: string | null, room: number, { digest }: Messages): CorrectionView["note"] {
  const words = said(note ?? "", room);
  return words.length === 0 ? null : { label: digest.fromTheEditor, paragraphs: words };
}

function factsOf(props: CorrectionProps, messages: Messages): string[] {
  const day = (value: string) => oneLine(sayDay(value, messages));
  const { wrongSince, correctedOn, reviewedOn, severity } = props;
  const reviewers = props.reviewers.map(oneLine);
  const facts = [
    wrongSince === null ? null : messages.correction.since(day(wrongSince)),
    messages.correction.on[severity](day(correctedOn)),
    reviewedOn === null && reviewers.length === 0
      ? null
      : messages.digest.reviewed(reviewedOn === null ? null : day(reviewedOn), reviewers),
  ];
  return facts.filter((fact) => fact !== null).map((fact, index) => (index === 0 ? capitalise(fact) : fact));
}

/** As paragraphs, until there is no more room. */
function said(text: string, room: number): string[] {
  let left = room;
  return paragraphs(text.slice(0, 4 * room)).flatMap((paragraph) => {
    const part = clip(paragraph, Math.max(0, left));
    left -= paragraph.length;
    return part === "" ? [] : [part];
  });
}

/** Without the quotation marks that an editor may have put around the whole. */
function unquoted(words: string): string {
  return /^["“«]([^"“”«»]*)["”»]$/u.exec(words)?.[1] ?? words;
}
