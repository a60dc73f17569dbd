import { sayDay } from "../_days.ts";
import { fitting } from "../_fit.ts";
import { type FooterView, footerView } from "../_footer.ts";
import { type Messages, messagesFor } from "../_messages/index.ts";
import { clip, oneLine, paragraphs } from "../_plain.ts";
import type { DigestProps } from "../_props.ts";
import { groupItems } from "./group.ts";
import type { ItemView } from "./item-view.ts";
import { type UnchangedView, unchangedView } from "./listed.ts";
import { type Making, making } from "./making.ts";
import { countRanks, orderByRank, type RankedItem } from "./rank.ts";
import { ROOMS, type Room } from "./room.ts";
import { digestPreheader, digestSubject } from "./subject.ts";

/** Every word of a digest, ready to be set: the HTML and the letter are two settings of this one text. */
export interface DigestView {
  lang: string;
  dir: Messages["dir"];
  subject: string;
  preheader: string;
  wordmark: string;
  edition: string;
  /** Says why the mail is so quiet; only in discreet ones, where it also keeps the subject out of a preview. */
  discretion: string | null;
  opening: string[];
  groups: GroupView[];
  unchanged: UnchangedView | null;
  /** What was left out, and where it is. */
  rest: { label: string; url: string } | null;
  footer: FooterView;
}

/** Items under a topic's name, or under none. */
export interface GroupView {
  heading: string | null;
  items: ItemView[];
}

/** `make` makes what depends on one item alone: anew, or once for all editions of the same items. */
export function digestView(props: DigestProps, make: Making = making(messagesFor(props.locale))): DigestView {
  const ranked = orderByRank(props.items.map(make.rank));
  return fitting(ROOMS, (room) => viewIn(room, props, ranked, make), make.weights);
}

function viewIn(room: Room, props: DigestProps, ranked: readonly RankedItem[], make: Making): DigestView {
  const messages = messagesFor(props.locale);
  return {
    lang: props.locale,
    dir: messages.dir,
    subject: digestSubject(props, ranked, messages),
    preheader: digestPreheader(props, ranked, messages),
    wordmark: props.discreet ? messages.discreet.wordmark : oneLine(props.site.name),
    edition: `${messages.editions[props.cadence ?? "once"]} · ${sayDay(props.edition, messages)}`,
    discretion: props.discreet ? messages.discreet.opening : null,
    opening: openingOf(props, ranked, room, messages),
    groups: groupsOf(ranked, room, messages, make),
    unchanged: unchangedView(ranked, room, messages, make.listed),
    rest: props.rest === null ? null : { label: messages.evidence.rest(props.rest.count), url: props.rest.url },
    footer: digestFooter(props, messages),
  };
}

/** The editor's words, or one sentence on what the edition holds. */
function openingOf({ intro }: DigestProps, ranked: readonly RankedItem[], room: Room, messages: Messages): string[] {
  const own = paragraphs(intro ?? "").map((paragraph) => clip(paragraph, room.intro));
  return own.length > 0 ? own : [messages.digest.holds(countRanks(ranked))];
}

function groupsOf(ranked: readonly RankedItem[], room: Room, messages: Messages, make: Making): GroupView[] {
  const full = ranked.filter(({ rank }) => rank !== "unchanged");
  return groupItems(full).map(({ topic, items }) => ({
    heading: topic === "" ? messages.evidence.noTopic : topic && clip(topic, room.fact),
    items: items.map((item) => make.full(item, topic, room)),
  }));
}

function digestFooter({ site, cadence, webUrl, preferencesUrl, unsubscribeUrl }: DigestProps, messages: Messages) {
  const { reason, rhythm, preferences, unsubscribe } = messages.footer;
  return footerView(site, [reason(site.name), cadence === null ? "" : rhythm[cadence]].join(" "), [
    { label: preferences, url: preferencesUrl },
    { label: unsubscribe, url: unsubscribeUrl },
    { label: messages.digest.readOnline, url: webUrl },
  ]);
}
