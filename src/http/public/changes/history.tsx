import type { History, HistoryEntry } from "../../../articles/index.ts";
import { sayDay, sayMoment } from "../../ui/days.ts";
import { type Frame, localised, Page } from "../../ui/page.tsx";
import { ChangesBox } from "./box.tsx";
import { CompareForm } from "./compare-form.tsx";
import { Corrections, correctionId } from "./corrections.tsx";
import { ArticleFacts } from "./facts.tsx";
import { lengthOf, Weave } from "./weave.tsx";

/** Characters of before and after that a version may take among others. */
const SHOWN = 30_000;

interface HistoryProps {
  frame: Frame;
  history: History;
  /** Versions from this number on stand on a page before. */
  before: number | null;
  timezone: string;
}

/** An article's versions, newest first, and what changed in each; corrections stand before them all. */
export function HistoryPage({ frame, history, before, timezone }: HistoryProps) {
  const { article, entries, next, corrections, marks } = history;
  const words = frame.messages.changes;
  const path = `/changes/${encodeURIComponent(article.slug)}`;
  return (
    <Page
      frame={frame}
      title={words.title(article.title)}
      description={words.text}
      path={path}
      query={before === null ? "" : `before=${before}`}
    >
      <article class="card stack">
        <div>
          <p class="kind re-reviewed">{words.kicker}</p>
          <h1 dir="auto">{article.title}</h1>
        </div>
        <Corrections frame={frame} corrections={corrections} timezone={timezone} />
        <ArticleFacts frame={frame} article={article} />
        <p class="actions">
          <a href={article.url}>{words.read}</a>
          <a href={localised("/changes", frame.locale)}>{words.all}</a>
        </p>
        {marks.length > 1 && <CompareForm frame={frame} path={path} marks={marks} timezone={timezone} />}
      </article>
      <div class="card">
        <ol class="entries" reversed start={entries[0]?.number ?? 1}>
          {entries.map((entry, place) => (
            <Entry frame={frame} history={history} entry={entry} open={place === 0} timezone={timezone} />
          ))}
        </ol>
        {(next !== null || before !== null) && (
          <p class="actions section">
            {next !== null && <a href={localised(`${path}?before=${next}`, frame.locale)}>{words.older}</a>}
            {before !== null && <a href={localised(path, frame.locale)}>{words.newest}</a>}
          </p>
        )}
      </div>
    </Page>
  );
}

interface EntryProps {
  frame: Frame;
  history: History;
  entry: HistoryEntry;
  open: boolean;
  timezone: string;
}

function Entry({ frame, history, entry, open, timezone }: EntryProps) {
  const { changes: words } = frame.messages;
  const { number, comparison, events } = entry;
  const wrong = history.corrections.filter(({ versions }) => versions.includes(number));
  return (
    <li class="stack close" id={`version-${number}`}>
      <EntryHead frame={frame} entry={entry} timezone={timezone} />
      {wrong.map(({ seq }) => (
        <p class="notice correction">
          {frame.messages.corrections.versionWrong}{" "}
          <a href={`#${correctionId(seq)}`}>{frame.messages.corrections.seeRight}</a>
        </p>
      ))}
      {comparison === null ? (
        <p>{words.first}</p>
      ) : (
        <>
          <ChangesBox
            frame={frame}
            changes={comparison.changes}
            corrected={events.length > 0 && events.every(({ kind }) => kind === "corrected")}
            notes={events.flatMap(({ kind, note }) => (kind === "corrected" || note === null ? [] : [note]))}
          />
          <BeforeAndAfter frame={frame} history={history} entry={entry} open={open} />
        </>
      )}
    </li>
  );
}

function EntryHead({ frame, entry, timezone }: { frame: Frame; entry: HistoryEntry; timezone: string }) {
  const { changes: words, tag } = frame.messages;
  const { number, events, comparison, takenAt, content } = entry;
  const { reviewedOn, reviewers } = content;
  const by = new Intl.ListFormat(tag).format(reviewers);
  const reviewed = reviewedOn !== null || by !== "";
  return (
    <div>
      <div class="kinds">
        {events.length === 0 && <p class="kind quiet">{comparison ? words.noEvent : words.firstSeen}</p>}
        {events.map(({ kind }) => (
          <p class={`kind ${kind}`}>{words.kinds[kind]}</p>
        ))}
      </div>
      <h2>{words.version(number)}</h2>
      <p class="quiet small" dir="auto">
        {reviewed && `${frame.messages.news.by(reviewedOn && sayDay(reviewedOn, tag), by)} · `}
        <time datetime={new Date(takenAt).toISOString()}>{words.taken(sayMoment(takenAt, tag, timezone))}</time>
      </p>
    </div>
  );
}

function BeforeAndAfter({ frame, history, entry, open }: Omit<EntryProps, "timezone">) {
  const passages = entry.comparison?.passages ?? [];
  const words = frame.messages.weave;
  if (passages.length === 0) return null;
  if (lengthOf(passages) > SHOWN) {
    const place = history.marks.findIndex(({ number }) => number === entry.number);
    const from = history.marks[place + 1]?.number ?? 1;
    const path = `/changes/${encodeURIComponent(history.article.slug)}?from=${from}&to=${entry.number}`;
    return (
      <p>
        <a href={localised(path, frame.locale)}>{words.large}</a>
      </p>
    );
  }
  return (
    <details open={open}>
      <summary>
        <b>{words.title}</b>
      </summary>
      <div class="inside">
        <Weave frame={frame} passages={passages} heading="h3" />
      </div>
    </details>
  );
}
