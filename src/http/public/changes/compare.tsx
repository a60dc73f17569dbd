import { type Comparison, type History, tellChanges, type VersionMark } from "../../../articles/index.ts";
import { type Frame, localised, Page } from "../../ui/page.tsx";
import { ChangesBox } from "./box.tsx";
import { CompareForm } from "./compare-form.tsx";
import { Weave } from "./weave.tsx";

interface CompareProps {
  frame: Frame;
  found: { article: History["article"]; marks: VersionMark[]; comparison: Comparison };
  from: number;
  to: number;
  timezone: string;
}

/** Two versions of an article: what changed in one line, in words, and in the text itself. */
export function ComparePage({ frame, found, from, to, timezone }: CompareProps) {
  const { article, marks, comparison } = found;
  const { changes: words, compare } = frame.messages;
  const path = `/changes/${encodeURIComponent(article.slug)}`;
  const { summary } = tellChanges(comparison.changes, frame.locale);
  return (
    <Page
      frame={frame}
      title={`${compare.between(from, to)} · ${article.title}`}
      description={words.text}
      path={path}
      query={`from=${from}&to=${to}`}
    >
      <article class="card stack">
        <div>
          <p class="kind re-reviewed">{words.kicker}</p>
          <h1 dir="auto">{article.title}</h1>
          <p class="quiet">{compare.between(from, to)}</p>
        </div>
        {from === to ? (
          <p>{compare.same}</p>
        ) : (
          <>
            <p dir="auto">{summary}</p>
            <ChangesBox frame={frame} changes={comparison.changes} />
          </>
        )}
        <p class="actions">
          <a href={localised(path, frame.locale)}>{compare.back}</a>
          <a href={article.url}>{words.read}</a>
        </p>
        <CompareForm frame={frame} path={path} marks={marks} from={from} to={to} timezone={timezone} />
      </article>
      {comparison.passages.length > 0 && (
        <div class="card">
          <Weave frame={frame} passages={comparison.passages} heading="h2" />
        </div>
      )}
    </Page>
  );
}
