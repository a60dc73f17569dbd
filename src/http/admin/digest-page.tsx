import type { Context } from "../../context.ts";
import type { WarmUp } from "../../delivery/index.ts";
import type { audienceReport, DigestReport } from "../../digests/index.ts";
import type { Editor } from "../../editors/index.ts";
import { sayMinute } from "../ui/days.ts";
import { Button, Notice } from "../ui/parts.tsx";
import { AudienceSummary } from "./audience-summary.tsx";
import { DeskPage } from "./desk-page.tsx";
import { fieldsOf, isMoving, shapeOf } from "./digest-figures.ts";
import { DIGEST_TONES, digestKind, digestPath, digestTitle } from "./digest-line.ts";
import { DigestCounts } from "./digest-tables.tsx";
import { mayChange } from "./env.ts";
import { Facts, Head, Mark, Moment, sentence } from "./parts.tsx";
import { words } from "./words.ts";

interface DigestProps {
  ctx: Context;
  editor: Editor;
  digest: DigestReport;
}

interface DigestPageProps extends DigestProps {
  audience: Awaited<ReturnType<typeof audienceReport>>;
  /** Null: no domain is being warmed up. */
  warmUp: WarmUp | null;
  said: string | undefined;
}

/** How a digest stands and who gets it. Figures move by themselves where scripts run. */
export function DigestPage({ ctx, editor, digest, audience, warmUp, said }: DigestPageProps) {
  const title = digestTitle(digest);
  const say = words.oneDigest;
  const moving = isMoving(digest);
  const live = moving ? { "data-live": `${digestPath(digest)}/progress`, "data-shape": shapeOf(digest) } : {};
  return (
    <DeskPage ctx={ctx} editor={editor} place="overview" title={title} live={moving}>
      <Head title={title} text={digestKind(digest)} crumb={CRUMB}>
        {mayChange(editor) && <Buttons digest={digest} />}
      </Head>
      {said !== undefined && Object.hasOwn(say.said, said) && (
        <Notice>{say.said[said as keyof typeof say.said]}</Notice>
      )}
      <Held digest={digest} timezone={ctx.config.site.timezone} />
      <div {...live}>
        <Progress digest={digest} />
        <div class="two desk-section">
          {digest.startedAt !== null && <DigestCounts digest={digest} />}
          <AudienceSummary audience={audience} />
        </div>
      </div>
      <section class="desk-section">
        <DigestFacts digest={digest} warmUp={warmUp} timezone={ctx.config.site.timezone} />
      </section>
    </DeskPage>
  );
}

const CRUMB = { href: "/admin", label: words.overview.title };

function Buttons({ digest }: { digest: DigestReport }) {
  const { status, counts } = digest;
  const { pause, resume, retry, cancel } = words.oneDigest;
  const reached = status === "sending" || status === "paused" || status === "sent";
  const acts = {
    ...(status === "sending" ? { pause } : {}),
    ...(status === "paused" ? { resume } : {}),
    ...(reached && counts.failed > 0 ? { retry: retry(counts.failed) } : {}),
  };
  return (
    <div class="actions">
      {Object.entries(acts).map(([act, label]) => (
        <form method="post" action={`${digestPath(digest)}/${act}`}>
          <Button look="plain">{label}</Button>
        </form>
      ))}
      {status !== "sent" && status !== "cancelled" && <a href={`${digestPath(digest)}/cancel`}>{cancel}</a>}
    </div>
  );
}

/** Why nothing goes out at present. */
function Held({ digest, timezone }: { digest: DigestReport; timezone: string }) {
  const { status, reason, waitingUntil, waitingReason = "" } = digest;
  const { pausedTitle, waitingTitle } = words.oneDigest;
  if (status === "paused") {
    return (
      <Notice tone="correction">
        <h2>{pausedTitle}</h2>
        <p>{sentence(reason ?? words.overview.pausedText)}</p>
      </Notice>
    );
  }
  if (waitingUntil === undefined) return null;
  return (
    <Notice tone="review">
      <h2>{waitingTitle(sayMinute(waitingUntil, words.tag, timezone))}</h2>
      <p>{sentence(waitingReason)}</p>
    </Notice>
  );
}

function Progress({ digest }: { digest: DigestReport }) {
  const say = words.oneDigest;
  const { handed, bar, pace } = fieldsOf(digest);
  const begun = digest.startedAt !== null;
  return (
    <section class="under-way" aria-labelledby="progress">
      <h2 id="progress">{say.progress}</h2>
      <p>
        <Mark tone={DIGEST_TONES[digest.status]}>{words.digest.states[digest.status]}</Mark>
      </p>
      {begun ? (
        <>
          <p class="big" data-field="handed" id="handed">
            {handed}
          </p>
          <progress class="progress" max={1000} value={bar} data-field="bar" aria-labelledby="handed" />
          <p class="quiet" data-field="pace">
            {pace}
          </p>
          {digest.plannedAt === null && isMoving(digest) && <p class="quiet">{say.deciding}</p>}
        </>
      ) : (
        <p class="quiet">{say.notBegun}</p>
      )}
    </section>
  );
}

type FactsProps = { digest: DigestReport; warmUp: WarmUp | null; timezone: string };

function DigestFacts({ digest, warmUp, timezone }: FactsProps) {
  const { facts, warmUp: sayWarmUp } = words.oneDigest;
  const when = (at: string | null) => (at === null ? null : <Moment at={at} timezone={timezone} />);
  return (
    <Facts
      facts={[
        [facts.created, when(digest.createdAt)],
        [facts.sendAt, when(digest.sendAt)],
        [facts.started, when(digest.startedAt)],
        [facts.finished, when(digest.finishedAt)],
        [facts.warmUp, warmUp && isMoving(digest) ? sayWarmUp(warmUp.day, warmUp.handed, warmUp.ceiling) : null],
      ]}
    />
  );
}

/** Asked once more, because what was not handed over never is. */
export function CancelPage({ ctx, editor, digest }: DigestProps) {
  const { cancelTitle, cancelText, cancelDraft, cancelButton, keep } = words.oneDigest;
  const title = cancelTitle(digestTitle(digest));
  return (
    <DeskPage ctx={ctx} editor={editor} place="overview" title={title}>
      <Head
        title={title}
        text={digest.startedAt === null ? cancelDraft : cancelText(digest.counts.queued)}
        crumb={{ href: digestPath(digest), label: digestTitle(digest) }}
      />
      <form class="actions" method="post" action={`${digestPath(digest)}/cancel`}>
        <Button look="danger">{cancelButton}</Button>
        <a href={digestPath(digest)}>{keep}</a>
      </form>
    </DeskPage>
  );
}
