import { sayDay } from "./_days.ts";
import { type FooterView, footerLetter, footerView } from "./_footer.ts";
import { letter, link, paragraph, title, together } from "./_letter.ts";
import { type Messages, messagesFor } from "./_messages/index.ts";
import { capitalise, clip, oneLine } from "./_plain.ts";
import type { DueArticle, ReviewReminderProps } from "./_props.ts";

/** Every word of the reminder: the HTML and the letter are two settings of this one text. */
export interface ReminderView {
  lang: string;
  dir: Messages["dir"];
  subject: string;
  preheader: string;
  wordmark: string;
  opening: string;
  articles: { title: string; url: string; facts: string[] }[];
  more: string | null;
  list: { label: string; url: string };
  footer: FooterView;
}

const TITLE = 200;

export function reminderView(props: ReviewReminderProps): ReminderView {
  const { site, locale, reviewMonths, total } = props;
  const messages = messagesFor(locale);
  const words = messages.reviewReminder;
  const left = total - props.articles.length;
  return {
    lang: locale,
    dir: messages.dir,
    subject: words.subject(total),
    preheader: words.preheader(reviewMonths),
    wordmark: oneLine(site.name),
    opening: words.opening(reviewMonths, total),
    articles: props.articles.map((article) => ({
      title: clip(oneLine(article.title), TITLE),
      url: article.url,
      facts: factsOf(article, messages),
    })),
    more: left > 0 ? words.more(left) : null,
    list: { label: words.list, url: props.listUrl },
    footer: footerView(site, words.reason(site.name), [{ label: words.stop, url: props.stopUrl }]),
  };
}

/** The day in words, and how long ago it is. */
function factsOf({ basis, since, months }: DueArticle, messages: Messages): string[] {
  const words = messages.reviewReminder;
  if (basis === "no-date" || since === null) return [capitalise(words.noDate)];
  const day = words[basis](oneLine(sayDay(since, messages)));
  const event = capitalise(basis === "reviewed" ? day : `${words.neverReviewed}, ${day}`);
  return months === null ? [event] : [event, words.ago(months)];
}

export function reminderLetter(view: ReminderView): string {
  return letter([
    together(view.wordmark, title(view.subject, "=")),
    paragraph(view.opening),
    ...view.articles.map((article) =>
      together(paragraph(article.title), article.url, paragraph(article.facts.join(" · "))),
    ),
    view.more === null ? null : paragraph(view.more),
    link(view.list.label, view.list.url),
    ...footerLetter(view.footer),
  ]);
}
