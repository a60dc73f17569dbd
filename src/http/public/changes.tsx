import { Hono } from "hono";
import { type ArticleHistory, getArticle, whatChanged } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { sayDay, sayMoment } from "../ui/days.ts";
import { type Frame, Page } from "../ui/page.tsx";
import { ChangesBox } from "./changes-box.tsx";
import { frameFor } from "./reader-page.ts";

/** Comparing long articles takes milliseconds; older versions than these are not shown. */
const SHOWN = 20;

type Version = ArticleHistory["versions"][number];

/** An article's versions and what changed between them, for anyone. */
export function changesPage(ctx: Context): Hono {
  const pages = new Hono();
  pages.get("/changes/:slug", async (c) => {
    const history = await getArticle(ctx, c.req.param("slug"));
    return c.html(<ChangesPage frame={frameFor(c, ctx)} history={history} timezone={ctx.config.site.timezone} />);
  });
  return pages;
}

interface HistoryProps {
  frame: Frame;
  history: ArticleHistory;
  timezone: string;
}

function ChangesPage({ frame, history, timezone }: HistoryProps) {
  const { article, versions } = history;
  const words = frame.messages.changes;
  return (
    <Page
      frame={frame}
      title={words.title(article.title)}
      description={words.text}
      path={`/changes/${encodeURIComponent(article.slug)}`}
    >
      <article class="card stack">
        <div>
          <p class="kind re-reviewed">{words.kicker}</p>
          <h1>{article.title}</h1>
        </div>
        <Facts frame={frame} article={article} />
        <p>
          <a href={article.url}>{words.read}</a>
        </p>
      </article>
      <div class="card">
        <ol class="entries" reversed>
          {versions.slice(0, SHOWN).map((version, place) => (
            <VersionEntry
              frame={frame}
              history={history}
              version={version}
              before={versions[place + 1]}
              timezone={timezone}
            />
          ))}
        </ol>
      </div>
    </Page>
  );
}

function Facts({ frame, article }: { frame: Frame; article: ArticleHistory["article"] }) {
  const { changes: words, tag } = frame.messages;
  const facts: [string, string | null][] = [
    [words.reviewed, article.reviewedOn && sayDay(article.reviewedOn, tag)],
    [words.reviewers, article.reviewers.length > 0 ? new Intl.ListFormat(tag).format(article.reviewers) : null],
    [words.updated, article.updatedOn && sayDay(article.updatedOn, tag)],
    [words.published, article.publishedOn && sayDay(article.publishedOn, tag)],
    [words.references, article.references > 0 ? String(article.references) : null],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value ? (
          <>
            <dt>{name}</dt>
            <dd class="figures">{value}</dd>
          </>
        ) : null,
      )}
    </dl>
  );
}

type EntryProps = HistoryProps & { version: Version; before: Version | undefined };

function VersionEntry({ frame, history, version, before, timezone }: EntryProps) {
  const { changes: words, tag } = frame.messages;
  const event = history.events.find((one) => one.version === version.number);
  const { reviewedOn } = version.content;
  return (
    <li class="stack close">
      <div>
        <p class={`kind ${event?.kind ?? "quiet"}`}>
          {event ? words.kinds[event.kind] : before ? words.noEvent : words.firstSeen}
        </p>
        <h2>{words.version(version.number)}</h2>
        <p class="quiet small">
          {reviewedOn !== null && `${words.reviewed}: ${sayDay(reviewedOn, tag)} · `}
          <time datetime={new Date(version.takenAt).toISOString()}>
            {words.taken(sayMoment(version.takenAt, tag, timezone))}
          </time>
        </p>
      </div>
      {before === undefined ? (
        <p>{words.first}</p>
      ) : (
        <ChangesBox
          frame={frame}
          changes={whatChanged(before.content, version.content)}
          corrected={event?.kind === "corrected"}
          note={event?.note ?? null}
        />
      )}
    </li>
  );
}
