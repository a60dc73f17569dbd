import type { Hono } from "hono";
import { type ListedEvent, latestEventSeq, listEvents } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { type DigestReport, getDigest, listDigestReports } from "../../digests/index.ts";
import { type Concern, concernsOf } from "./attention.ts";
import { DeskPage } from "./desk-page.tsx";
import { DIGEST_TONES, digestKind, digestPath, digestTitle } from "./digest-line.ts";
import { type DeskEnv, newDoor } from "./env.ts";
import { Head, Mark, Moment } from "./parts.tsx";
import { words } from "./words.ts";

const EVENTS = 8;
const DIGESTS = 6;

/** What needs attention, and what happened last. */
export function overviewPage(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/", async (c) => {
    const latest = await named(ctx, (await listDigestReports(ctx, { limit: DIGESTS })).digests);
    const paused = await named(ctx, (await listDigestReports(ctx, { limit: DIGESTS, status: "paused" })).digests);
    const known = new Map([...paused, ...latest].map((digest) => [digest.id, digest]));
    const concerns = await concernsOf(ctx, [...known.values()]);
    const after = Math.max(0, (await latestEventSeq(ctx.db)) - EVENTS);
    const events = (await listEvents(ctx, { after })).reverse();
    return c.html(
      <DeskPage ctx={ctx} editor={c.get("editor")} place="overview" title={words.overview.title}>
        <Head title={words.overview.title} />
        <Attention concerns={concerns} />
        <Events events={events} timezone={ctx.config.site.timezone} />
        <Digests digests={latest} />
      </DeskPage>,
    );
  });
  return pages;
}

/** Lists leave out the subjects that are made from what is in a digest. */
async function named(ctx: Context, digests: DigestReport[]): Promise<DigestReport[]> {
  const full: DigestReport[] = [];
  for (const { id } of digests) full.push(await getDigest(ctx, id));
  return full;
}

function Attention({ concerns }: { concerns: Concern[] }) {
  return (
    <section aria-labelledby="attention">
      <h2 id="attention">{words.overview.attention}</h2>
      {concerns.length === 0 ? (
        <p class="empty">{words.overview.calm}</p>
      ) : (
        <ul class="rows concerns">
          {concerns.map(({ tone, title, href, text }) => (
            <li>
              <div class={`what concern ${tone}`}>
                {href === null ? <span class="title">{title}</span> : <a href={href}>{title}</a>}
                <p class="quiet small">{text}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Events({ events, timezone }: { events: ListedEvent[]; timezone: string }) {
  return (
    <section class="desk-section" aria-labelledby="events">
      <h2 id="events">{words.overview.events}</h2>
      {events.length === 0 ? (
        <p class="empty">{words.overview.noEvents}</p>
      ) : (
        <ul class="rows">
          {events.map(({ seq, kind, title, slug, note, createdAt }) => (
            <li>
              <div class="what">
                <a href={`/admin/articles/${encodeURIComponent(slug)}#event-${seq}`}>{title}</a>
                {note !== null && <p class="quiet small">{note}</p>}
              </div>
              <p class="side">
                <span class={`kind ${kind}`}>{words.kinds[kind]}</span>
                <Moment at={createdAt} timezone={timezone} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Digests({ digests }: { digests: DigestReport[] }) {
  const { columns, digests: title, noDigests } = words.overview;
  return (
    <section class="desk-section" aria-labelledby="digests">
      <h2 id="digests">{title}</h2>
      {digests.length === 0 ? (
        <p class="empty">{noDigests}</p>
      ) : (
        <table class="table folding" aria-labelledby="digests">
          <thead>
            <tr>
              <th scope="col">{columns.digest}</th>
              <th scope="col">{columns.state}</th>
              {NUMBERS.map(([name]) => (
                <th scope="col" class="number">
                  {columns[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {digests.map((digest) => (
              <DigestRow digest={digest} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

type Numbers = "readers" | "delivered" | "onTheWay" | "bounced" | "failed";

const NUMBERS: [Numbers, (digest: DigestReport) => number][] = [
  ["readers", ({ counts }) => counts.candidates],
  ["delivered", ({ counts }) => counts.delivered + counts.complained],
  ["onTheWay", ({ counts }) => counts.queued + counts.submitted],
  ["bounced", ({ counts }) => counts.bounced],
  ["failed", ({ counts }) => counts.failed + counts.unknown],
];

function DigestRow({ digest }: { digest: DigestReport }) {
  const { columns } = words.overview;
  return (
    <tr>
      <th scope="row">
        <a href={digestPath(digest)}>{digestTitle(digest)}</a>
        <span class="quiet small under">{digestKind(digest)}</span>
      </th>
      <td data-label={columns.state}>
        <Mark tone={DIGEST_TONES[digest.status]}>{words.digest.states[digest.status]}</Mark>
      </td>
      {NUMBERS.map(([name, of]) => (
        <td class={of(digest) === 0 ? "number zero" : "number"} data-label={columns[name]}>
          {of(digest).toLocaleString(words.tag)}
        </td>
      ))}
    </tr>
  );
}
