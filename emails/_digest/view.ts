import { sayDay } from "../_days.ts";
import { type FooterView, footerView } from "../_footer.ts";
import { type Messages, messagesFor } from "../_messages/index.ts";
import { oneLine, paragraphs } from "../_plain.ts";
import type { DigestProps } from "../_props.ts";
import { type ItemView, itemView, type ListedView, listedView } from "./item-view.ts";
import { countRanks, type RankedItem, rankItems } from "./rank.ts";
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
  items: ItemView[];
  unchanged: { title: string; items: ListedView[] } | null;
  footer: FooterView;
}

export function digestView(props: DigestProps): DigestView {
  const messages = messagesFor(props.locale);
  const ranked = rankItems(props.items, messages);
  const unchanged = ranked.filter(({ rank }) => rank === "unchanged");
  return {
    lang: props.locale,
    dir: messages.dir,
    subject: digestSubject(props, ranked, messages),
    preheader: digestPreheader(props, ranked, messages),
    wordmark: props.discreet ? messages.discreet.wordmark : oneLine(props.site.name),
    edition: `${messages.editions[props.cadence ?? "once"]} · ${sayDay(props.edition, messages)}`,
    discretion: props.discreet ? messages.discreet.opening : null,
    opening: openingOf(props, ranked, messages),
    items: ranked.filter(({ rank }) => rank !== "unchanged").map(({ item }) => itemView(item, messages)),
    unchanged:
      unchanged.length === 0
        ? null
        : { title: messages.digest.unchangedTitle, items: unchanged.map(({ item }) => listedView(item, messages)) },
    footer: digestFooter(props, messages),
  };
}

/** The editor's words, or one sentence on what the edition holds. */
function openingOf(props: DigestProps, ranked: readonly RankedItem[], messages: Messages): string[] {
  const intro = paragraphs(props.intro ?? "");
  return intro.length > 0 ? intro : [messages.digest.holds(countRanks(ranked))];
}

function digestFooter({ site, cadence, webUrl, preferencesUrl, unsubscribeUrl }: DigestProps, messages: Messages) {
  const { reason, rhythm, preferences, unsubscribe } = messages.footer;
  return footerView(site, [reason(site.name), cadence === null ? "" : rhythm[cadence]].join(" "), [
    { label: preferences, url: preferencesUrl },
    { label: unsubscribe, url: unsubscribeUrl },
    { label: messages.digest.readOnline, url: webUrl },
  ]);
}
