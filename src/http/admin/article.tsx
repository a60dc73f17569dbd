import type { Hono } from "hono";
import { type ArticleHistory, getArticle, type ListedEvent, noteEvent } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import type { Editor } from "../../editors/index.ts";
import { InvalidError, NotFoundError } from "../../errors.ts";
import { readForm } from "../ui/form.ts";
import { Button, Notice, type Wrongs } from "../ui/parts.tsx";
import { DeskPage } from "./desk-page.tsx";
import { type DeskEnv, mayChange, newDoor } from "./env.ts";
import { day, Facts, Head, Mark, Moment, names, TextField } from "./parts.tsx";
import { words } from "./words.ts";

/** A note as it was typed and refused. */
interface Refused {
  seq: number;
  note: string;
}

/** One article: its versions, what readers were told of each, and the notes to that. */
export function articlePages(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/articles/:slug", async (c) => {
    const history = await getArticle(ctx, c.req.param("slug"));
    const said = c.req.query("said");
    return c.html(<ArticlePage ctx={ctx} editor={c.get("editor")} history={history} said={said} />);
  });
  pages.post("/articles/:slug/events/:seq/note", async (c) => {
    const history = await getArticle(ctx, c.req.param("slug"));
    const event = history.events.find(({ seq }) => String(seq) === c.req.param("seq"));
    if (!event) throw new NotFoundError("This article has no event of that number.");
    const note = ((await readForm(c)).one("note") ?? "").trim();
    try {
      await noteEvent(ctx, event.seq, { note: note === "" ? null : note });
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      const refused = { seq: event.seq, note };
      return c.html(<ArticlePage ctx={ctx} editor={c.get("editor")} history={history} refused={refused} />, 422);
    }
    const said = note === "" ? "unnoted" : "noted";
    return c.redirect(`${pathOf(history)}?said=${said}#event-${event.seq}`, 303);
  });
  return pages;
}

export function pathOf({ article }: Pick<ArticleHistory, "article">): string {
  return `/admin/articles/${encodeURIComponent(article.slug)}`;
}

interface ArticleProps {
  ctx: Context;
  editor: Editor;
  history: ArticleHistory;
  said?: string | undefined;
  refused?: Refused | undefined;
}

function ArticlePage({ ctx, editor, history, said, refused }: ArticleProps) {
  const { article, versions } = history;
  const { noted, unnoted } = words.article;
  return (
    <DeskPage ctx={ctx} editor={editor} place="articles" title={article.title}>
      <Head title={article.title} crumb={{ href: "/admin/articles", label: words.articles.title }}>
        <Links article={article} />
      </Head>
      {said === "noted" && <Notice>{noted}</Notice>}
      {said === "unnoted" && <Notice>{unnoted}</Notice>}
      <ArticleFacts article={article} />
      <Corrections history={history} />
      <section class="desk-section" aria-labelledby="versions">
        <h2 id="versions">{words.article.versions}</h2>
        <div class="versions">
          {versions.map((version, place) => (
            <Version {...{ ctx, editor, history, version, refused }} latest={place === 0} />
          ))}
        </div>
      </section>
    </DeskPage>
  );
}

function Links({ article: { url, slug } }: { article: ArticleHistory["article"] }) {
  const { page, history } = words.article;
  return (
    <p class="actions small">
      {/^https?:/.test(url) && <a href={url}>{page}</a>}
      <a href={`/changes/${encodeURIComponent(slug)}`}>{history}</a>
    </p>
  );
}

function ArticleFacts({ article }: { article: ArticleHistory["article"] }) {
  const { facts, unknown } = words.article;
  const said = (text: string | null) => (text === null ? unknown : day(text));
  return (
    <Facts
      facts={[
        [facts.reviewed, said(article.reviewedOn)],
        [facts.reviewers, article.reviewers.length > 0 ? names(article.reviewers) : unknown],
        [facts.updated, said(article.updatedOn)],
        [facts.published, said(article.publishedOn)],
      ]}
    />
  );
}

function Corrections({ history: { corrections } }: { history: ArticleHistory }) {
  if (corrections.length === 0) return null;
  return (
    <section class="desk-section" aria-labelledby="corrections">
      <h2 id="corrections">{words.article.corrections}</h2>
      <ul class="rows">
        {corrections.map(({ seq, severity, wrong, versions }) => (
          <li>
            <div class="what">
              <a href={`/admin/corrections/${seq}`}>{wrong}</a>
              <p class="quiet small">{names(versions.map((number) => words.article.version(number)))}</p>
            </div>
            <p class="side">{words.correct.severities[severity].name}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface VersionProps extends ArticleProps {
  version: ArticleHistory["versions"][number];
  latest: boolean;
}

function Version({ ctx, editor, history, version: { number, takenAt, content }, latest, refused }: VersionProps) {
  const { version, latest: newest, wrong, taken, noEvent, mark, markOf, facts } = words.article;
  const events = history.events.filter((event) => event.version === number);
  const isWrong = history.corrections.some(({ versions }) => versions.includes(number));
  return (
    <section class="version" id={`version-${number}`} aria-labelledby={`version-${number}-title`}>
      <div class="version-head">
        <div>
          <h3 id={`version-${number}-title`}>{version(number)}</h3>
          {latest && <Mark tone="good">{newest}</Mark>}
          {isWrong && <Mark tone="warn">{wrong}</Mark>}
        </div>
        {mayChange(editor) && (
          <a href={`${pathOf(history)}/correct?version=${number}`} aria-label={markOf(number)}>
            {mark}
          </a>
        )}
      </div>
      <p class="quiet small">
        {content.reviewedOn !== null && `${facts.reviewed} ${day(content.reviewedOn)}`}
        {content.reviewers.length > 0 && ` ${words.reviews.by(names(content.reviewers))}`}
        {(content.reviewedOn !== null || content.reviewers.length > 0) && " · "}
        {taken("")}
        <Moment at={takenAt} timezone={ctx.config.site.timezone} />
      </p>
      {events.length === 0 && <p class="quiet small">{noEvent}</p>}
      {events.map((event) => (
        <Event {...{ editor, history, event, refused }} timezone={ctx.config.site.timezone} />
      ))}
    </section>
  );
}

interface EventProps {
  editor: Editor;
  history: ArticleHistory;
  event: ListedEvent;
  timezone: string;
  refused: Refused | undefined;
}

function Event({ editor, history, event, timezone, refused }: EventProps) {
  const { seq, kind, note, createdAt } = event;
  return (
    <div class="event tight" id={`event-${seq}`}>
      <p class="small">
        <span class={`kind ${kind}`}>{words.kinds[kind]}</span>{" "}
        <span class="quiet">
          · {words.article.event(seq)} · <Moment at={createdAt} timezone={timezone} />
        </span>
      </p>
      {note !== null && <p class="saying">{note}</p>}
      {mayChange(editor) && <NoteForm {...{ history, event, refused }} />}
    </div>
  );
}

function NoteForm({ history, event: { seq, note }, refused }: Pick<EventProps, "history" | "event" | "refused">) {
  const { addNote, editNote, note: label, noteHint, saveNote } = words.article;
  const mine = refused?.seq === seq ? refused : undefined;
  const id = `note-${seq}`;
  const wrongs: Wrongs = mine ? new Map([[id, words.correct.long]]) : new Map();
  return (
    <details class="bare" open={mine !== undefined}>
      <summary>{note === null ? addNote : editNote}</summary>
      <form class="inside stack close" method="post" action={`${pathOf(history)}/events/${seq}/note`}>
        <TextField name="note" id={id} label={label} hint={noteHint} value={mine?.note ?? note ?? ""} wrongs={wrongs} />
        <p>
          <Button look="plain">{saveNote}</Button>
        </p>
      </form>
    </details>
  );
}
