import type { Hono } from "hono";
import type { Context } from "../../context.ts";
import {
  type CorrectionReport,
  type DigestReport,
  getCorrection,
  getDigest,
  listCorrectionReports,
} from "../../digests/index.ts";
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
    const digest = correction.digest === null ? null : await getDigest(ctx, correction.digest);
    const said = c.req.query("said");
    return c.html(<CorrectionPage {...{ ctx, editor: c.get("editor"), correction, digest, said }} />);
  });
  return pages;
}

function List({ corrections, timezone }: { corrections: CorrectionReport[]; timezone: string }) {
  const { empty, toArticles, reached, going, done } = words.corrections;
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
            <span>{reached(correction.reach.delivered, correction.reach.told)}</span>
            {isGoingOut(correction) ? <Mark tone="busy">{going}</Mark> : <Mark tone="good">{done}</Mark>}
          </p>
        </li>
      ))}
    </ul>
  );
}

interface CorrectionPageProps {
  ctx: Context;
  editor: Editor;
  correction: CorrectionReport;
  digest: DigestReport | null;
  said: string | undefined;
}

function CorrectionPage({ ctx, editor, correction, digest, said }: CorrectionPageProps) {
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
        {!reach.complete && <p>{say.deciding}</p>}
        <p class="actions small">
          <span class="quiet">{say.asOf(sayTime(ctx.clock(), words.tag, timezone))}</span>
          <a href={`/admin/corrections/${seq}`}>{say.again}</a>
          <a href={`/changes/${encodeURIComponent(slug)}#correction-${seq}`}>{say.publicNotice}</a>
        </p>
      </section>
      <section class="desk-section close">
        <Said {...correction} />
        <CorrectionFacts correction={correction} digest={digest} timezone={timezone} />
      </section>
    </DeskPage>
  );
}

type FactsProps = Pick<CorrectionPageProps, "correction" | "digest"> & { timezone: string };

function CorrectionFacts({ correction, digest, timezone }: FactsProps) {
  const say = words.correction;
  const { versions, wrongSince, correctedAt, slug } = correction;
  return (
    <Facts
      facts={[
        [
          say.versions,
          <a href={`/admin/articles/${encodeURIComponent(slug)}`}>{names(versions.map(words.article.version))}</a>,
        ],
        [say.since, day(wrongSince)],
        [say.corrected, <Moment at={correctedAt} timezone={timezone} />],
        [say.digest, digest && <DigestState digest={digest} />],
      ]}
    />
  );
}

function DigestState({ digest: { status, reason } }: { digest: DigestReport }) {
  return (
    <>
      <Mark tone={DIGEST_TONES[status]}>{words.digest.states[status]}</Mark>
      {reason !== undefined && ` ${reason}`}
    </>
  );
}
