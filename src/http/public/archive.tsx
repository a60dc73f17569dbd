import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { listArchive, readArchived } from "../../digests/index.ts";
import { mailPolicy } from "../security.ts";
import { type Frame, localised, Page } from "../ui/page.tsx";
import { atomFeed } from "./atom.ts";
import { correctedBanner } from "./corrected-banner.ts";
import { type Edition, Editions } from "./editions.tsx";
import { frameFor } from "./reader-page.ts";

const PAGE = 30;

/** Sent editions for anyone: the list, each as it was sent, and the list as a feed. */
export function archivePages(ctx: Context): Hono {
  const pages = new Hono();
  pages.get("/archive", async (c) => {
    const { editions, next } = await listArchive(ctx, { limit: PAGE, before: cursorOf(c.req.query("before")) });
    const frame = frameFor(c, ctx);
    return c.html(<Archive frame={frame} editions={editions} next={next} timezone={ctx.config.site.timezone} />);
  });
  pages.get("/archive.xml", async (c) => {
    const { editions } = await listArchive(ctx, { limit: PAGE });
    return c.body(atomFeed(ctx.config, editions), 200, {
      "Content-Type": "application/atom+xml; charset=utf-8",
      "Cache-Control": "public, max-age=300",
    });
  });
  pages.get("/archive/:digest", async (c) => {
    const { html, corrections } = await readArchived(ctx, c.req.param("digest"));
    const banner = correctedBanner(frameFor(c, ctx), corrections, ctx.config.site.timezone);
    // The mail as it was sent: its styles stand inline, so this one answer allows them, and nothing else.
    return c.html(
      html.replace(/<body[^>]*>/, (body) => `${body}${banner}`),
      200,
      { "Content-Security-Policy": mailPolicy("'none'") },
    );
  });
  return pages;
}

function cursorOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

interface ArchiveProps {
  frame: Frame;
  editions: Edition[];
  next: number | null;
  timezone: string;
}

function Archive({ frame, editions, next, timezone }: ArchiveProps) {
  const { archive } = frame.messages;
  return (
    <Page frame={frame} title={archive.title} description={archive.text} path="/archive" feed>
      <div class="card stack">
        <h1>{archive.title}</h1>
        {editions.length === 0 ? (
          <p>{archive.empty}</p>
        ) : (
          <>
            <p>{archive.text}</p>
            <Editions frame={frame} editions={editions} timezone={timezone} heading="h2" />
          </>
        )}
        <p class="actions">
          {next !== null && <a href={`/archive?before=${next}&lang=${frame.locale}`}>{archive.older}</a>}
          <a href={localised("/changes", frame.locale)}>{frame.messages.news.everything}</a>
          <a href="/archive.xml">{archive.feed}</a>
        </p>
      </div>
    </Page>
  );
}
