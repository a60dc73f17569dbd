import { sayDay } from "../_days.ts";
import type { Messages } from "../_messages/index.ts";
import { capitalise, clip, oneLine } from "../_plain.ts";
import type { DigestProps } from "../_props.ts";
import { kindWord } from "./item-view.ts";
import { gravestFirst, type RankedItem } from "./rank.ts";
import { changeLines } from "./what-changed.ts";

// What inboxes show of a subject on a wide screen; the title gives way first, and keeps at least this much.
const SUBJECT = 80;
const SHORTEST_TITLE = 24;

/** Discreet before the editor's own, the editor's own before one made from the most important item. One line. */
export function digestSubject(props: DigestProps, ranked: readonly RankedItem[], messages: Messages): string {
  if (props.discreet) return messages.discreet.subjects[props.cadence ?? "once"];
  const own = oneLine(props.subject ?? "");
  if (own !== "") return own;
  const [first] = ranked;
  if (first === undefined) return messages.digest.empty(oneLine(props.site.name), sayDay(props.edition, messages));
  return subjectOf(first, ranked.length - 1 + (props.rest?.count ?? 0), messages);
}

function subjectOf(ranked: RankedItem, others: number, messages: Messages): string {
  const { item, rank } = ranked;
  const kind = rank === "unchanged" ? messages.digest.reviewedAgain : kindWord(ranked, messages);
  const detail = detailOf(ranked, messages);
  const tail = [detail, others > 0 ? messages.digest.andMore(others) : ""].filter((part) => part !== "");
  const fixed = [`${kind}: `, ...tail.map((part) => `, ${part}`)].join("").length;
  const title = clip(oneLine(item.title), Math.max(SHORTEST_TITLE, SUBJECT - fixed));
  return [`${kind}: ${title}`, ...tail].join(", ");
}

function detailOf({ item, rank }: RankedItem, messages: Messages): string {
  if (rank === "unchanged") return messages.digest.nothingChanged;
  const lines = rank === "changed" ? changeLines(item, messages).length : 0;
  return lines > 0 ? messages.digest.sectionsChanged(lines) : "";
}

const PREHEADER = 140;

/** What stands beside the subject: the substance of the most important item, or the editor's sentence. */
export function digestPreheader(props: DigestProps, ranked: readonly RankedItem[], messages: Messages): string {
  if (props.discreet) return messages.discreet.preheader;
  const [first] = ranked;
  const said = first === undefined ? null : substanceOf(first, messages);
  return clip(capitalise(oneLine(said ?? props.intro ?? "")), PREHEADER);
}

function substanceOf({ item, rank }: RankedItem, messages: Messages): string | null {
  const [gravest] = gravestFirst(item.corrections);
  if (rank === "corrected" && gravest !== undefined) return messages.evidence.right(gravest.right);
  const [line] = changeLines(item, messages);
  return line === undefined ? (item.note ?? item.summary) : `${line.section}: ${line.text}`;
}
