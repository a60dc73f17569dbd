import type { Topic } from "../../topics/index.ts";
import { CadenceChoice, LocaleChoice, Option, Question, TopicGroups, ZoneChoice } from "../ui/choices.tsx";
import { type Frame, Page } from "../ui/page.tsx";
import { Button, described, ErrorSummary, Notice, WordsPage, Wrong, type Wrongs } from "../ui/parts.tsx";

/** What the form holds, chosen before or typed now. */
export interface Chosen {
  topics: string[];
  onlyThese: boolean;
  cadence: string;
  timezone: string;
  locale: string;
  discreet: boolean;
  /** Weeks as text; "" leaves the pause as it is. */
  pause: string;
}

interface PreferencesProps {
  frame: Frame;
  address: string;
  topics: Topic[];
  chosen: Chosen;
  /** The day in words, null when not paused. */
  pausedUntil: string | null;
  saved: string | null;
  wrongs: Wrongs;
}

const WEEKS = Array.from({ length: 12 }, (_, week) => week + 1);

export function PreferencesPage(props: PreferencesProps) {
  const { frame, address, topics, chosen, saved, wrongs } = props;
  const words = frame.messages.preferences;
  return (
    <Page frame={frame} title={words.title} personal>
      <form class="card stack roomy" method="post">
        <div class="stack">
          <h1>{words.title}</h1>
          {saved !== null && <Notice>{saved}</Notice>}
          <ErrorSummary frame={frame} wrongs={wrongs} />
          <p>
            {words.address} <span class="address">{address}</span>. {words.text}
          </p>
        </div>
        <TopicQuestion frame={frame} topics={topics} chosen={chosen} wrongs={wrongs} />
        <CadenceChoice frame={frame} chosen={chosen.cadence} wrongs={wrongs} />
        <PauseChoice {...props} />
        <Question name="privacy" title={words.privacy} wrongs={wrongs}>
          <div class="options">
            <Option
              type="checkbox"
              name="discreet"
              value="yes"
              id="discreet"
              checked={chosen.discreet}
              label={words.discreet}
              hint={words.discreetHint}
            />
          </div>
        </Question>
        <ZoneChoice frame={frame} chosen={chosen.timezone} wrongs={wrongs} guess={false} />
        <LocaleChoice frame={frame} chosen={chosen.locale} />
        <p>
          <Button name="action" value="save">
            {words.save}
          </Button>
        </p>
      </form>
      <Ways frame={frame} />
    </Page>
  );
}

type Part = Pick<PreferencesProps, "frame" | "topics" | "chosen" | "wrongs">;

function TopicQuestion({ frame, topics, chosen, wrongs }: Part) {
  const { choices } = frame.messages;
  const which = { type: "radio", name: "which" } as const;
  return (
    <Question name="topics" title={choices.topics} wrongs={wrongs}>
      <div class="options">
        <Option {...which} value="all" id="topics-all" checked={!chosen.onlyThese} label={choices.everything} />
        <Option {...which} value="chosen" id="topics-chosen" checked={chosen.onlyThese} label={choices.chosen} />
      </div>
      <TopicGroups topics={topics} chosen={chosen.topics} />
    </Question>
  );
}

function PauseChoice({ frame, chosen, pausedUntil, wrongs }: PreferencesProps) {
  const words = frame.messages.preferences;
  const first = pausedUntil === null ? words.pauseNone : words.pauseKeep(pausedUntil);
  return (
    <div>
      <label for="pauseWeeks">{words.pause}</label>
      <select id="pauseWeeks" name="pause" {...described("pauseWeeks", wrongs, false)}>
        <option value="" selected={chosen.pause === ""}>
          {first}
        </option>
        {pausedUntil !== null && (
          <option value="0" selected={chosen.pause === "0"}>
            {words.pauseEnd}
          </option>
        )}
        {WEEKS.map((week) => (
          <option value={String(week)} selected={chosen.pause === String(week)}>
            {words.weeks(week)}
          </option>
        ))}
      </select>
      <Wrong name="pauseWeeks" wrongs={wrongs} />
    </div>
  );
}

/** What ends or takes away, apart from what is saved: each its own button. */
function Ways({ frame }: { frame: Frame }) {
  const words = frame.messages.preferences;
  return (
    <div class="card ways">
      <Way action="export" title={words.data} text={words.dataText} button={words.export} look="plain" />
      <Way action="leave" title={words.leave} text={words.leaveText} button={words.leaveButton} look="plain" />
      <Way action="erase" title={words.erase} text={words.eraseText} button={words.eraseButton} look="danger plain" />
    </div>
  );
}

interface WayProps {
  action: string;
  title: string;
  text: string;
  button: string;
  look: "plain" | "danger plain";
}

function Way({ action, title, text, button, look }: WayProps) {
  return (
    <form method="post" class="way">
      <div>
        <h2>{title}</h2>
        <p class="quiet small">{text}</p>
      </div>
      <Button name="action" value={action} look={look}>
        {button}
      </Button>
    </form>
  );
}

/** What is left for a reader who has gone: what is held about them, and having it erased. */
export function DepartedPage({ frame }: { frame: Frame }) {
  const words = frame.messages.preferences;
  return (
    <WordsPage frame={frame} words={words.departed} personal>
      <Way action="export" title={words.data} text={words.dataText} button={words.export} look="plain" />
      <Way action="erase" title={words.erase} text={words.eraseText} button={words.eraseButton} look="danger plain" />
    </WordsPage>
  );
}
