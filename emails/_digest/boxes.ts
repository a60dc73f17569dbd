import type { Severity } from "../../src/articles/table.ts";
import { sayDay } from "../_days.ts";
import type { Messages } from "../_messages/index.ts";
import { clip, oneLine } from "../_plain.ts";
import type { DigestItem, ItemCorrection } from "../_props.ts";
import { gravestFirst, type RankedItem } from "./rank.ts";
import type { Room } from "./room.ts";
import { changeLines, shownLines } from "./what-changed.ts";

/** What stands beside a rule: a few named lines and a way to the rest. */
export interface Box {
  tone: "review" | "correction" | "danger";
  title: string;
  note: string | null;
  lines: BoxLine[];
  more: string | null;
  link: { label: string; url: string } | null;
}

export interface BoxLine {
  name: string;
  texts: string[];
}

/** The tone in which a correction is set: grave for safety, calm for everything else. */
export function toneOf(severity: Severity | null): "correction" | "danger" {
  return severity === "safety" ? "danger" : "correction";
}

/** What was corrected, before anything else is said of the item. */
export function correctionBox(ranked: RankedItem, room: Room, messages: Messages): Box | null {
  const { item, severity } = ranked;
  if (item.corrections.length === 0) return item.kind === "corrected" ? editorsBox(ranked, room, messages) : null;
  const told = gravestFirst(item.corrections).slice(0, room.corrections);
  const left = item.corrections.length - told.length;
  return {
    tone: toneOf(severity),
    title: item.kind === "published" ? messages.evidence.correctedSince : messages.digest.whatWasCorrected,
    note: null,
    lines: [
      ...told.map((one) => correctionLine(one, room, messages)),
      ...(severity === "safety" && item.kind !== "published" ? [askFirst(messages)] : []),
      ...(item.kind === "corrected" ? aroundIt(item, room, messages) : []),
    ],
    more: left > 0 ? messages.evidence.moreCorrections(left) : null,
    link: changesBox(ranked, room, messages) === null ? linkOf(item, messages) : null,
  };
}

/** A correction of which only an editor's note and the changes tell. */
function editorsBox({ item, severity }: RankedItem, room: Room, messages: Messages): Box {
  const note = clip(oneLine(item.note ?? ""), room.note);
  return {
    tone: toneOf(severity),
    title: messages.digest.whatWasCorrected,
    note: note === "" ? null : note,
    ...linesOf(item, room, messages),
    link: linkOf(item, messages),
  };
}

/** What changed in a re-review; null when nothing did. */
export function changesBox({ item }: RankedItem, room: Room, messages: Messages): Box | null {
  if (item.kind !== "re-reviewed" || changeLines(item, messages).length === 0) return null;
  return {
    tone: "review",
    title: messages.digest.whatChanged,
    note: null,
    ...linesOf(item, room, messages),
    link: linkOf(item, messages),
  };
}

function linesOf(item: DigestItem, room: Room, messages: Messages): Pick<Box, "lines" | "more"> {
  const { shown, left } = shownLines(changeLines(item, messages));
  const lines = shown.slice(0, room.lines).map(({ section, text }) => ({
    name: clip(section, room.line),
    texts: [clip(text, room.line)],
  }));
  const more = left + shown.length - lines.length;
  return { lines, more: more > 0 ? messages.digest.moreChanges(more) : null };
}

function correctionLine(one: ItemCorrection, { said }: Room, messages: Messages): BoxLine {
  const { severities, evidence } = messages;
  const day = sayDay(one.correctedOn, messages);
  const short = (words: string) => clip(oneLine(words), said);
  const why = short(one.why ?? "");
  return {
    name: `${severities[one.severity]} · ${oneLine(day)}`,
    texts: [
      evidence.said(short(one.wrong)),
      evidence.right(short(one.right)),
      ...(why === "" ? [] : [evidence.why(why)]),
    ],
  };
}

function askFirst({ correction }: Messages): BoxLine {
  return { name: correction.whatToDo, texts: [correction.askFirst] };
}

/** Where the article changed, and an editor's words: the wrong and the right stand above already. */
function aroundIt(item: DigestItem, room: Room, messages: Messages): BoxLine[] {
  const sections = changeLines(item, messages).map(({ section }) => section);
  const lines = [
    { name: messages.evidence.where, text: clip(sections.join(", "), room.line) },
    { name: messages.digest.fromTheEditor, text: clip(oneLine(item.note ?? ""), room.note) },
  ];
  return lines.filter(({ text }) => text !== "").map(({ name, text }) => ({ name, texts: [text] }));
}

function linkOf({ changesUrl }: DigestItem, { digest }: Messages): NonNullable<Box["link"]> {
  return { label: digest.seeChanges, url: changesUrl };
}
