import { type NewsItem, tellChanges } from "../../../articles/index.ts";
import { sayDay, sayMoment } from "../../ui/days.ts";
import { type Frame, localised, Page } from "../../ui/page.tsx";
import { correctionId } from "./corrections.tsx";

interface NewsProps {
  frame: Frame;
  news: NewsItem[];
  /** Where the next page begins; null at the end. */
  next: number | null;
  place: { after: number | null; before: number | null };
  timezone: string;
}

/** What was published, reviewed again and corrected, in all articles or after an event that a letter ended with. */
export function NewsPage({ frame, news, next, place: { after, before }, timezone }: NewsProps) {
  const words = frame.messages.news;
  const head = after === null ? words : words.since;
  const since = after === null ? [] : [`after=${after}`];
  const query = (more: string[]) => [...since, ...more].join("&");
  return (
    <Page
      frame={frame}
      title={head.title}
      description={words.text}
      path="/changes"
      query={query(before === null ? [] : [`before=${before}`])}
    >
      <div class="card stack">
        <h1>{head.title}</h1>
        {news.length === 0 ? (
          <p>{after === null ? words.empty : words.sinceEmpty}</p>
        ) : (
          <>
            <p>{head.text}</p>
            <ul class="entries">
              {news.map((item) => (
                <Item frame={frame} item={item} timezone={timezone} />
              ))}
            </ul>
          </>
        )}
        <p class="actions">
          {next !== null && (
            <a href={localised(`/changes?${query([`before=${next}`])}`, frame.locale)}>{words.older}</a>
          )}
          {after !== null && <a href={localised("/changes", frame.locale)}>{words.everything}</a>}
          <a href={localised("/archive", frame.locale)}>{frame.messages.archive.title}</a>
        </p>
      </div>
    </Page>
  );
}

function Item({ frame, item, timezone }: { frame: Frame; item: NewsItem; timezone: string }) {
  const { changes: words, news, tag } = frame.messages;
  const { seq, kind, slug, url, title, createdAt, reviewedOn, reviewers } = item;
  const path = localised(`/changes/${encodeURIComponent(slug)}`, frame.locale);
  const by = new Intl.ListFormat(tag).format(reviewers);
  return (
    <li class="tight">
      <p class={`kind ${kind}`}>{kindOf(item, frame)}</p>
      <h2 class="entry-title" dir="auto">
        <a href={kind === "corrected" ? `${path}#${correctionId(seq)}` : path}>{title}</a>
      </h2>
      <p dir="auto">{lineOf(item, frame)}</p>
      <p class="quiet small" dir="auto">
        <time datetime={new Date(createdAt).toISOString()}>{sayMoment(createdAt, tag, timezone)}</time>
        {(reviewedOn !== null || by !== "") && ` · ${news.by(reviewedOn && sayDay(reviewedOn, tag), by)}`}
        {" · "}
        <a href={url}>{words.read}</a>
      </p>
    </li>
  );
}

function kindOf({ kind, correction }: NewsItem, { messages }: Frame): string {
  return correction ? messages.corrections.severities[correction.severity] : messages.changes.kinds[kind];
}

/** The whole in one line: what is right, what changed, or what a new article is about. */
function lineOf({ changes, correction, summary }: NewsItem, { messages, locale }: Frame): string {
  if (correction) return correction.right;
  if (changes) return tellChanges(changes, locale).summary;
  return summary ?? messages.news.first;
}
