import type { Severity } from "../../articles/table.ts";
import type { CorrectionForecast, Unreachable } from "../../digests/index.ts";
import { sayTime } from "../ui/days.ts";
import { Button, Notice } from "../ui/parts.tsx";
import { pathOf } from "./article.tsx";
import type { CorrectionProps } from "./correction-form.tsx";
import { type Typed, toInput } from "./correction-input.ts";
import { DeskPage } from "./desk-page.tsx";
import { Head, names } from "./parts.tsx";
import { words } from "./words.ts";

type CheckProps = CorrectionProps & { forecast: CorrectionForecast };

/** The last look: whom it reaches, what counts as wrong, and what readers will read. */
export function CorrectionCheck({ ctx, editor, history, typed, forecast }: CheckProps) {
  const say = words.confirm;
  return (
    <DeskPage ctx={ctx} editor={editor} place="articles" title={say.title}>
      <Head title={say.title} crumb={{ href: pathOf(history), label: history.article.title }} />
      <div class="form">
        {forecast.existing === null ? (
          <Numbers forecast={forecast} />
        ) : (
          <Notice tone="correction">
            <p>{say.existing}</p>
            <p>
              <a href={`/admin/corrections/${forecast.existing}`}>{say.existingLink}</a>
            </p>
          </Notice>
        )}
        <Versions history={history} forecast={forecast} />
        <section>
          <h2>{say.told}</h2>
          <Said {...toInput(typed)} severity={typed.severity as Severity} />
        </section>
        <div class="close">
          <Steps path={pathOf(history)} typed={typed} forecast={forecast} />
          <p class="hint">{say.moment(sayTime(ctx.clock(), words.tag, ctx.config.site.timezone))}</p>
        </div>
      </div>
    </DeskPage>
  );
}

function Numbers({ forecast: { told, reachable, unreachable } }: { forecast: CorrectionForecast }) {
  const { nobody, nobodyText, sent, reach, lost } = words.confirm;
  if (told === 0) {
    return (
      <div class="card tight">
        <p class="big">{nobody}</p>
        <p>{nobodyText}</p>
      </div>
    );
  }
  return (
    <div class="card tight figures">
      <p class="big">{sent(told)}</p>
      <p>{reach(reachable)}</p>
      {told > reachable && <p>{lost(told - reachable, reasonsOf(unreachable))}</p>}
    </div>
  );
}

function reasonsOf(unreachable: Unreachable): string {
  const { lostReasons } = words.confirm;
  return names(
    Object.entries(unreachable)
      .filter(([, count]) => count > 0)
      .map(([reason, count]) => lostReasons[reason as keyof Unreachable](count)),
  );
}

/** What was typed goes along, and one button sends it. */
function Steps({ path, typed, forecast }: { path: string; typed: Typed; forecast: CorrectionForecast }) {
  const { send, edit } = words.confirm;
  return (
    <form method="post" action={`${path}/correct`}>
      {Object.entries(typed).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <p class="actions">
        {forecast.existing === null && (
          <Button name="step" value="send">
            {send(forecast.reachable)}
          </Button>
        )}
        <Button look="plain" name="step" value="edit">
          {edit}
        </Button>
      </p>
    </form>
  );
}

function Versions({ history, forecast: { versions, passage } }: Pick<CheckProps, "history" | "forecast">) {
  const { versions: title, found, one, alsoLatest } = words.confirm;
  const latest = history.versions[0]?.number;
  const { version } = words.article;
  return (
    <section class="close">
      <h2>{title}</h2>
      <p>
        {names(versions.map(version))}. {passage === null ? one : found(versions.length, passage)}
      </p>
      {latest !== undefined && versions.includes(latest) && (
        <div class="notice correction">
          <p>{alsoLatest(version(latest))}</p>
        </div>
      )}
    </section>
  );
}

interface SaidProps {
  severity: Severity;
  wrong: string;
  right: string;
  why: string | null;
  note: string | null;
}

/** A correction in its own words. */
export function Said({ severity, wrong, right, why, note }: SaidProps) {
  const { notice, correct } = words;
  return (
    <div class="card stack">
      <p class="kind corrected">{correct.severities[severity].name}</p>
      <dl class="said">
        <dt>{notice.told}</dt>
        <dd class="saying wrong">{wrong}</dd>
        <dt>{notice.right}</dt>
        <dd class="saying right">{right}</dd>
        {why !== null && (
          <>
            <dt>{notice.why}</dt>
            <dd class="saying">{why}</dd>
          </>
        )}
        {note !== null && (
          <>
            <dt>{notice.note}</dt>
            <dd class="saying">{note}</dd>
          </>
        )}
      </dl>
    </div>
  );
}
