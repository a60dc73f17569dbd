import type { Hono } from "hono";
import type { Context } from "../../context.ts";
import {
  getUnknown,
  listUnknown,
  UNKNOWN_DECISIONS,
  type Unknown,
  type UnknownDecision,
} from "../../delivery/index.ts";
import { decideUnknown, getDigest } from "../../digests/index.ts";
import type { Editor } from "../../editors/index.ts";
import { ForbiddenError, NotFoundError } from "../../errors.ts";
import { Button, Notice } from "../ui/parts.tsx";
import { DeskPage } from "./desk-page.tsx";
import { digestTitle } from "./digest-line.ts";
import { actor, type DeskEnv, mayChange, newDoor } from "./env.ts";
import { Facts, Head, Mark, Moment, sentence } from "./parts.tsx";
import { words } from "./words.ts";

const CRUMB = { href: "/admin/unknown", label: words.unknown.title };

/** Messages of which nobody knows whether they were taken, and what a person decides about them. */
export function unknownPages(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/unknown", async (c) => {
    const waiting = await named(ctx, await listUnknown(ctx));
    const said = c.req.query("said");
    return c.html(<ListPage ctx={ctx} editor={c.get("editor")} waiting={waiting} said={said} />);
  });
  pages.get("/unknown/:id", async (c) => {
    const [unknown] = await named(ctx, [await getUnknown(ctx, c.req.param("id"))]);
    if (!unknown) throw new NotFoundError(words.unknown.calm);
    return c.html(<ChoicePage ctx={ctx} editor={c.get("editor")} unknown={unknown} />);
  });
  pages.get("/unknown/:id/:decision", async (c) => {
    if (!mayChange(c.get("editor"))) throw new ForbiddenError(words.errors.viewer);
    const decision = decisionOf(c.req.param("decision"));
    const unknown = await getUnknown(ctx, c.req.param("id"));
    return c.html(<ConfirmPage ctx={ctx} editor={c.get("editor")} unknown={unknown} decision={decision} />);
  });
  pages.post("/unknown/:id/:decision", async (c) => {
    const decision = decisionOf(c.req.param("decision"));
    const by = actor(c.get("editor"));
    await decideUnknown(ctx, c.req.param("id"), { decision, by });
    return c.redirect(`/admin/unknown?said=${decision}`, 303);
  });
  return pages;
}

function decisionOf(text: string): UnknownDecision {
  const decision = UNKNOWN_DECISIONS.find((one) => one === text);
  if (!decision) throw new NotFoundError("There is no such decision.");
  return decision;
}

type Named = Unknown & { title: string };

/** What they belong to, by the name that editors know. */
async function named(ctx: Context, list: Unknown[]): Promise<Named[]> {
  const titles = new Map<string, string>();
  for (const { digest } of list) {
    if (digest !== null && !titles.has(digest)) titles.set(digest, digestTitle(await getDigest(ctx, digest)));
  }
  return list.map((one) => ({ ...one, title: titles.get(one.digest ?? "") ?? words.unknown.kinds[one.kind] ?? "" }));
}

interface Props {
  ctx: Context;
  editor: Editor;
}

function ListPage({ ctx, editor, waiting, said }: Props & { waiting: Named[]; said: string | undefined }) {
  const { title, text, calm, done, waits, decide } = words.unknown;
  const notice = UNKNOWN_DECISIONS.find((one) => one === said);
  return (
    <DeskPage ctx={ctx} editor={editor} place="overview" title={title}>
      <Head title={title} text={text} crumb={{ href: "/admin", label: words.overview.title }} />
      {notice !== undefined && <Notice>{done[notice]}</Notice>}
      {waiting.length === 0 ? (
        <p class="empty">{calm}</p>
      ) : (
        <ul class="rows">
          {waiting.map((one) => (
            <li>
              <div class="what">
                <a href={`/admin/unknown/${one.id}`}>{one.title}</a>
                <p class="quiet small">{sentence(one.reason)}</p>
              </div>
              <div class="side">
                {one.since !== null && <Moment at={one.since} timezone={ctx.config.site.timezone} />}
                <Mark tone="warn">{waits(one.count)}</Mark>
                <a href={`/admin/unknown/${one.id}`}>{decide}</a>
              </div>
            </li>
          ))}
        </ul>
      )}
    </DeskPage>
  );
}

function ChoicePage({ ctx, editor, unknown }: Props & { unknown: Named }) {
  const { facts, waits, choose, choices, settles } = words.unknown;
  const when = (at: number | null) => (at === null ? null : <Moment at={at} timezone={ctx.config.site.timezone} />);
  const open = UNKNOWN_DECISIONS.filter((one) => one !== "send-again" || unknown.digestStatus !== "cancelled");
  return (
    <DeskPage ctx={ctx} editor={editor} place="overview" title={unknown.title}>
      <Head title={unknown.title} text={settles} crumb={CRUMB} />
      <Facts
        facts={[
          [facts.count, waits(unknown.count)],
          [facts.since, when(unknown.since)],
          [facts.givenUp, when(unknown.givenUpAt)],
          [facts.reason, sentence(unknown.reason)],
          [facts.transport, unknown.transport],
        ]}
      />
      <section class="desk-section" aria-labelledby="choose">
        <h2 id="choose">{choose}</h2>
        <ul class="rows">
          {open.map((decision) => (
            <li>
              <div class="what">
                <span class="title">{choices[decision].name}</span>
                <p>{choices[decision].means}</p>
                <p class="quiet small">{choices[decision].when}</p>
              </div>
              {mayChange(editor) && (
                <p class="side">
                  <a href={`/admin/unknown/${unknown.id}/${decision}`}>{choices[decision].link}</a>
                </p>
              )}
            </li>
          ))}
        </ul>
      </section>
    </DeskPage>
  );
}

/** Asked once more: neither can be taken back. */
function ConfirmPage({ ctx, editor, unknown, decision }: Props & { unknown: Unknown; decision: UnknownDecision }) {
  const { choices, back } = words.unknown;
  const { ask, means, button } = choices[decision];
  const here = `/admin/unknown/${unknown.id}`;
  const title = ask(unknown.count);
  return (
    <DeskPage ctx={ctx} editor={editor} place="overview" title={title}>
      <Head title={title} text={means} crumb={CRUMB} />
      <form class="actions" method="post" action={`${here}/${decision}`}>
        <Button look={decision === "send-again" ? "danger" : ""}>{button}</Button>
        <a href={here}>{back}</a>
      </form>
    </DeskPage>
  );
}
