import type { Hono } from "hono";
import type { Context } from "../../context.ts";
import { type CorrectionReport, getCorrection, listCorrectionReports } from "../../digests/index.ts";
import type { Editor } from "../../editors/index.ts";
import { NotFoundError } from "../../errors.ts";
import { sayTime } from "../ui/days.ts";
import { Notice } from "../ui/parts.tsx";
import { Said } from "./correction-check.tsx";
import { DeskPage } from "./desk-page.tsx";
import { DIGEST_TONES } from "./digest-line.ts";
import { cursorOf, type DeskEnv, newDoor } from "./env.ts";
import { day, Facts, Head, Mark, Moment, names, Older } from "./parts.tsx";
import { isGoingOut, lostTo, ReachTable } from "./reach.tsx";
import { words } from "./words.ts";

const PAGE = 25;

/** What was corrected, and whom that reached. */
export function correctionPages(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/corrections", async (c) => {
    const { corrections, next } = await listCorrectionReports(ctx, { before: cursorOf(c) ?? undefined, limit: PAGE });
    const { title } = words.corrections;
    return c.html(
      <DeskPage ctx={ctx} editor={c.get("editor")} place="corrections" title={title}>
        <Head title={title} />
        <List corrections={corrections} timezone={ctx.config.site.timezone} />
        <Older path="/admin/corrections" next={next} />
      </DeskPage>,
    );
  });
  pages.get("/corrections/:seq", async (c) => {
    const seq = c.req.param("seq");
    if (!/^\d{1,15}$/.test(seq)) throw new NotFoundError("There is no correction of that number.");
    const correction = await getCorrection(ctx, Number(seq));
    const said = c.req.query("said");
    return c.html(<CorrectionPage {...{ ctx, editor: c.get("editor"), correction, said }} />);
  });
  return pages;
}

function List({ corrections, timezone }: { corrections: CorrectionReport[]; timezone: string }) {
  const { empty, toArticles } = words.corrections;
  if (corrections.length === 0) {
    return (
      <p class="empty">
        {empty} <a href="/admin/articles">{toArticles}</a>
      </p>
    );
  }
  return (
    <ul class="rows">
      {corrections.map((correction) => (
        <li>
          <div class="what">
            <a href={`/admin/corrections/${correction.seq}`}>{correction.title}</a>
            <p class="quiet small">
              {words.correct.severities[correction.severity].name} ·{" "}
              <Moment at={correction.correctedAt} timezone={timezone} />
            </p>
          </div>
          <p class="side">
            <span>{reachOf(correction)}</span>
            <NoticeState {...correction.notice} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function reachOf({ reach: { complete, told, delivered } }: CorrectionReport): string {
  const { counting, reached } = words.corrections;
  return complete ? reached(delivered, told) : counting;
}

interface CorrectionPageProps {
  ctx: Context;
  editor: Editor;
  correction: CorrectionReport;
  said: string | undefined;
}

function CorrectionPage({ ctx, editor, correction, said }: CorrectionPageProps) {
  const { seq, title, slug, reach } = correction;
  const say = words.correction;
  const { timezone } = ctx.config.site;
  const lost = lostTo(reach);
  return (
    <DeskPage ctx={ctx} editor={editor} place="corrections" title={say.title(seq)}>
      <Head title={title} crumb={{ href: "/admin/corrections", label: words.corrections.title }} />
      {said === "sent" && <Notice>{say.sentNow(reach.complete ? reach.told : 1)}</Notice>}
      {said === "known" && <Notice tone="correction">{say.known}</Notice>}
      <section class="close" aria-labelledby="reach">
        <h2 id="reach">{say.reach}</h2>
        <ReachTable reach={reach} />
        {lost > 0 && <p>{say.lostNote(lost)}</p>}
        {!reach.complete && isGoingOut(correction) && <p>{say.deciding}</p>}
        <p class="actions small">
          <span class="quiet">{say.asOf(sayTime(ctx.clock(), words.tag, timezone))}</span>
          <a href={`/admin/corrections/${seq}`}>{say.again}</a>
          <a href={`/changes/${encodeURIComponent(slug)}#correction-${seq}`}>{say.publicNotice}</a>
        </p>
      </section>
      <section class="desk-section form">
        <Said {...correction} />
        <CorrectionFacts correction={correction} timezone={timezone} />
      </section>
    </DeskPage>
  );
}

function CorrectionFacts({ correction, timezone }: { correction: CorrectionReport; timezone: string }) {
  const say = words.correction;
  const { versions, wrongSince, correctedAt, slug, notice } = correction;
  return (
    <Facts
      facts={[
        [
          say.versions,
          <a href={`/admin/articles/${encodeURIComponent(slug)}`}>{names(versions.map(words.article.version))}</a>,
        ],
        [say.since, day(wrongSince)],
        [say.corrected, <Moment at={correctedAt} timezone={timezone} />],
        [say.digest, <NoticeState {...notice} />],
      ]}
    />
  );
}

function NoticeState({ status, reason }: CorrectionReport["notice"]) {
  return (
    <span>
      <Mark tone={DIGEST_TONES[status]}>{words.digest.states[status]}</Mark>
      {reason !== null && ` ${reason}`}
    </span>
  );
}
