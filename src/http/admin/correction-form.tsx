import { type ArticleHistory, SEVERITIES } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import type { Editor } from "../../editors/index.ts";
import { Option, Question } from "../ui/choices.tsx";
import { sayMinute } from "../ui/days.ts";
import { Button, described, Wrong, type Wrongs } from "../ui/parts.tsx";
import { pathOf } from "./article.tsx";
import type { Typed } from "./correction-input.ts";
import { DeskPage } from "./desk-page.tsx";
import { Head, TextField } from "./parts.tsx";
import { words } from "./words.ts";

export interface CorrectionProps {
  ctx: Context;
  editor: Editor;
  history: ArticleHistory;
  typed: Typed;
}

/** What was wrong, what is right, and how serious it is. */
export function CorrectionForm(props: CorrectionProps & { wrongs?: Wrongs }) {
  const { ctx, editor, history, typed, wrongs = new Map() } = props;
  const say = words.correct;
  const field = (name: keyof Typed & keyof typeof say) => ({
    name,
    label: say[name] as string,
    value: typed[name],
    wrongs,
  });
  const { title } = say;
  return (
    <DeskPage ctx={ctx} editor={editor} place="articles" title={title}>
      <Head title={title} text={say.text} crumb={{ href: pathOf(history), label: history.article.title }} />
      <Problems wrongs={wrongs} />
      <form class="form" method="post" action={`${pathOf(history)}/correct`} novalidate={wrongs.size > 0}>
        <VersionChoice {...props} wrongs={wrongs} />
        <SeverityChoice typed={typed} wrongs={wrongs} />
        <TextField {...field("wrong")} hint={say.wrongHint} required />
        <TextField {...field("right")} hint={say.rightHint} required />
        <TextField {...field("why")} hint={say.whyHint} rows={2} />
        <TextField {...field("passage")} hint={say.passageHint} rows={2} />
        <TextField {...field("note")} hint={say.noteHint} rows={2} />
        <div class="close">
          <Button name="step" value="check">
            {say.check}
          </Button>
          <p class="hint">{say.checkHint}</p>
        </div>
      </form>
    </DeskPage>
  );
}

function Problems({ wrongs }: { wrongs: Wrongs }) {
  if (wrongs.size === 0) return null;
  return (
    <div class="notice bad" role="alert">
      <h2>{words.correct.problems}</h2>
      <ul>
        {[...wrongs].map(([name, text]) => (
          <li>
            <a href={`#${name}`}>
              {NAMES[name] === undefined ? "" : `${NAMES[name]}: `}
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

const { version, severity, wrong, right, why, passage, note } = words.correct;
const NAMES: Record<string, string> = { version, severity, wrong, right, why, passage, note };

function VersionChoice({ ctx, history, typed, wrongs }: CorrectionProps & { wrongs: Wrongs }) {
  const { versionName } = words.correct;
  const when = (at: number) => sayMinute(at, words.tag, ctx.config.site.timezone);
  return (
    <div>
      <label for="version">{version}</label>
      <select id="version" name="version" {...described("version", wrongs, false)}>
        {history.versions.map(({ number, takenAt }) => (
          <option value={String(number)} selected={String(number) === typed.version}>
            {versionName(number, when(takenAt))}
          </option>
        ))}
      </select>
      <Wrong name="version" wrongs={wrongs} />
    </div>
  );
}

function SeverityChoice({ typed, wrongs }: { typed: Typed; wrongs: Wrongs }) {
  const { severities } = words.correct;
  return (
    <Question name="severity" title={severity} wrongs={wrongs}>
      <div class="options">
        {SEVERITIES.map((one) => (
          <Option
            type="radio"
            name="severity"
            value={one}
            id={`severity-${one}`}
            checked={typed.severity === one}
            label={severities[one].name}
            hint={severities[one].hint}
          />
        ))}
      </div>
    </Question>
  );
}
