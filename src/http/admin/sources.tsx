import type { Hono } from "hono";
import type { Context } from "../../context.ts";
import type { Editor } from "../../editors/index.ts";
import { ForbiddenError, InvalidError, UnavailableError } from "../../errors.ts";
import {
  askPoll,
  changeSource,
  followSource,
  getSource,
  listSources,
  NewSource,
  removeSource,
  type SourceReport,
} from "../../sources/index.ts";
import { Option, Question } from "../ui/choices.tsx";
import { sayMinute } from "../ui/days.ts";
import { readForm } from "../ui/form.ts";
import { Button, described, Notice, Wrong, type Wrongs } from "../ui/parts.tsx";
import { DeskPage } from "./desk-page.tsx";
import { type DeskEnv, mayChange, newDoor } from "./env.ts";
import { Head, Mark, sentence } from "./parts.tsx";
import { RemovePage, SourcePage } from "./source.tsx";
import { SOURCE_TONES } from "./source-tones.ts";
import { words } from "./words.ts";

interface Typed {
  url: string;
  loud: boolean;
}

/** What is followed, how it stands, and what to do about it. */
export function sourcePages(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/sources", async (c) => {
    const props = { ctx, editor: c.get("editor"), sources: await listSources(ctx) };
    return c.html(<SourcesPage {...props} said={c.req.query("said")} typed={{ url: "", loud: false }} />);
  });
  pages.post("/sources", async (c) => {
    const form = await readForm(c);
    const typed = { url: form.one("url")?.trim() ?? "", loud: form.one("backfill") === "no" };
    try {
      const { uid, created } = await followSource(ctx, { url: typed.url, backfill: !typed.loud });
      return c.redirect(`/admin/sources/${uid}?said=${created ? "followed" : "known"}`, 303);
    } catch (error) {
      const props = { ctx, editor: c.get("editor"), sources: await listSources(ctx), typed };
      return c.html(<SourcesPage {...props} wrongs={new Map([["url", whyNot(error, typed)]])} />, 422);
    }
  });
  addOne(ctx, pages);
  return pages;
}

function addOne(ctx: Context, pages: Hono<DeskEnv>): void {
  pages.get("/sources/:id", async (c) => {
    const source = await getSource(ctx, c.req.param("id"));
    return c.html(<SourcePage {...{ ctx, editor: c.get("editor"), source, said: c.req.query("said") }} />);
  });
  pages.get("/sources/:id/remove", async (c) => {
    if (!mayChange(c.get("editor"))) throw new ForbiddenError(words.errors.viewer);
    return c.html(<RemovePage ctx={ctx} editor={c.get("editor")} source={await getSource(ctx, c.req.param("id"))} />);
  });
  pages.post("/sources/:id/remove", async (c) => {
    await removeSource(ctx, c.req.param("id"));
    return c.redirect("/admin/sources?said=removed", 303);
  });
  pages.post("/sources/:id/pause", async (c) => {
    await changeSource(ctx, c.req.param("id"), { status: "paused" });
    return c.redirect(`/admin/sources/${encodeURIComponent(c.req.param("id"))}?said=paused`, 303);
  });
  pages.post("/sources/:id/resume", async (c) => {
    await changeSource(ctx, c.req.param("id"), { status: "active" });
    return c.redirect(`/admin/sources/${encodeURIComponent(c.req.param("id"))}?said=resumed`, 303);
  });
  pages.post("/sources/:id/poll", async (c) => {
    await askPoll(ctx, c.req.param("id"));
    return c.redirect(`/admin/sources/${encodeURIComponent(c.req.param("id"))}?said=polled`, 303);
  });
}

/** An address that cannot be followed is the editor's to mend, and so said beside the field. */
function whyNot(error: unknown, { url }: Typed): string {
  if (!(error instanceof InvalidError || error instanceof UnavailableError)) throw error;
  return NewSource.safeParse({ url }).success ? sentence(error.message) : words.sources.badUrl;
}

interface SourcesProps {
  ctx: Context;
  editor: Editor;
  sources: SourceReport[];
  typed: Typed;
  said?: string | undefined;
  wrongs?: Wrongs;
}

function SourcesPage({ ctx, editor, sources, typed, said, wrongs = new Map() }: SourcesProps) {
  const { title, text, empty, removed } = words.sources;
  return (
    <DeskPage ctx={ctx} editor={editor} place="sources" title={title}>
      <Head title={title} text={text} />
      {said === "removed" && <Notice>{removed}</Notice>}
      {sources.length === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <ul class="rows">
          {sources.map((source) => (
            <SourceRow source={source} timezone={ctx.config.site.timezone} />
          ))}
        </ul>
      )}
      {mayChange(editor) && <FollowForm typed={typed} wrongs={wrongs} first={sources.length === 0} />}
    </DeskPage>
  );
}

function SourceRow({ source, timezone }: { source: SourceReport; timezone: string }) {
  const { id, url, title, kind, status, failingSince, lastError, lastOkAt, pages } = source;
  const say = words.sources;
  const when = (at: number) => sayMinute(at, words.tag, timezone);
  return (
    <li>
      <div class="what">
        <a href={`/admin/sources/${id}`}>{title ?? (kind === "notices" ? say.kinds.notices : url)}</a>
        <p class="quiet small">
          {failingSince !== null
            ? say.failingSince(when(failingSince))
            : lastOkAt === null
              ? say.neverRead
              : say.read(when(lastOkAt))}
          {lastError !== null && ` · ${sentence(lastError)}`}
        </p>
      </div>
      <p class="side">
        <span>{say.pages(pages.taken, pages.known)}</span>
        {pages.failing > 0 && <span>{say.failingPages(pages.failing)}</span>}
        <Mark tone={SOURCE_TONES[status]}>{say.states[status]}</Mark>
      </p>
    </li>
  );
}

function FollowForm({ typed, wrongs, first }: { typed: Typed; wrongs: Wrongs; first: boolean }) {
  const say = words.sources;
  return (
    <section class="desk-section" aria-labelledby="follow">
      <h2 id="follow">{first ? say.addFirst : say.add}</h2>
      <form class="form card" method="post" action="/admin/sources" novalidate={wrongs.size > 0}>
        <div>
          <label for="url">{say.url}</label>
          <p class="hint" id="url-hint">
            {say.urlHint}
          </p>
          <input
            id="url"
            name="url"
            type="url"
            value={typed.url}
            required
            maxlength={2000}
            autocomplete="off"
            {...described("url", wrongs, true)}
          />
          <Wrong name="url" wrongs={wrongs} />
        </div>
        <Question name="backfill" title={say.backfill} wrongs={wrongs}>
          <div class="options">
            <Option
              type="radio"
              name="backfill"
              value="yes"
              id="backfill-yes"
              checked={!typed.loud}
              label={say.quiet.name}
              hint={say.quiet.hint}
            />
            <Option
              type="radio"
              name="backfill"
              value="no"
              id="backfill-no"
              checked={typed.loud}
              label={say.loud.name}
              hint={say.loud.hint}
            />
          </div>
        </Question>
        <p>
          <Button>{say.follow}</Button>
        </p>
      </form>
    </section>
  );
}
