import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { listArchive } from "../../digests/index.ts";
import { localised, Page } from "../ui/page.tsx";
import { Editions } from "./editions.tsx";
import { frameFor } from "./reader-page.ts";

const SHOWN = 3;

/** The start page: what this is, and the way in. */
export function homePage(ctx: Context): Hono {
  const pages = new Hono();
  pages.get("/", async (c) => {
    const frame = frameFor(c, ctx);
    const { home, news, frame: words } = frame.messages;
    const { editions } = await listArchive(ctx, { limit: SHOWN });
    return c.html(
      <Page frame={frame} title={home.title(frame.siteName)} description={home.text} path="/" feed>
        <div class="card stack">
          <h1>{home.title(frame.siteName)}</h1>
          <p>{home.text}</p>
          <ul class="plain-list">
            {home.points.map((point) => (
              <li>{point}</li>
            ))}
          </ul>
          <p>
            <a class="button" href={localised("/subscribe", frame.locale)}>
              {words.subscribe}
            </a>
          </p>
        </div>
        {editions.length > 0 && (
          <section class="card stack" aria-labelledby="latest">
            <h2 id="latest">{home.latest}</h2>
            <Editions frame={frame} editions={editions} timezone={ctx.config.site.timezone} heading="h3" />
          </section>
        )}
        <p class="actions aside">
          <a href={localised("/changes", frame.locale)}>{news.everything}</a>
        </p>
      </Page>,
    );
  });
  return pages;
}
