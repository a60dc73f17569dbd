import type { Child } from "hono/jsx";
import { CADENCES, type Cadence, LOCALES } from "../../subscribers/words.ts";
import type { Topic } from "../../topics/index.ts";
import { messagesFor } from "./messages/index.ts";
import type { Frame } from "./page.tsx";
import { described, Wrong, type Wrongs } from "./parts.tsx";
import { isListed, zoneGroups } from "./zones.ts";

interface OptionProps {
  type: "checkbox" | "radio";
  name: string;
  value: string;
  id: string;
  checked: boolean;
  label: string;
  hint?: string;
}

export function Option({ type, name, value, id, checked, label, hint }: OptionProps) {
  const hintId = hint === undefined ? {} : { "aria-describedby": `${id}-hint` };
  return (
    <div class="option">
      <input type={type} id={id} name={name} value={value} checked={checked} {...hintId} />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** The site's topics in their groups, one tick each. */
export function TopicGroups({ topics, chosen }: { topics: Topic[]; chosen: readonly string[] }) {
  const groups = groupTopics(topics);
  return (
    <div class="groups">
      {[...groups].map(([name, members]) => (
        <fieldset>
          <legend>{name}</legend>
          {members.map(({ slug, name: label }) => (
            <Option
              type="checkbox"
              name="topics"
              value={slug}
              id={`topic-${slug}`}
              checked={chosen.includes(slug)}
              label={label}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}

function groupTopics(topics: Topic[]): Map<string, Topic[]> {
  const groups = new Map<string, Topic[]>();
  for (const topic of topics) groups.set(topic.group_name, [...(groups.get(topic.group_name) ?? []), topic]);
  return groups;
}

/** A question with its answers below it. */
export function Question(props: { name: string; title: string; hint?: string; wrongs: Wrongs; children: Child }) {
  const { name, title, hint, wrongs, children } = props;
  return (
    <fieldset id={name} tabindex={-1} {...described(name, wrongs, hint !== undefined)}>
      <legend>{title}</legend>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <Wrong name={name} wrongs={wrongs} />
      {children}
    </fieldset>
  );
}

export function CadenceChoice({ frame, chosen, wrongs }: { frame: Frame; chosen: string; wrongs: Wrongs }) {
  const { choices } = frame.messages;
  return (
    <Question name="cadence" title={choices.rhythm} wrongs={wrongs}>
      <div class="options">
        {CADENCES.map((cadence: Cadence) => (
          <Option
            type="radio"
            name="cadence"
            value={cadence}
            id={`cadence-${cadence}`}
            checked={cadence === chosen}
            label={choices.cadences[cadence].name}
            hint={choices.cadences[cadence].hint}
          />
        ))}
      </div>
    </Question>
  );
}

interface ZoneChoiceProps {
  frame: Frame;
  chosen: string;
  wrongs: Wrongs;
  /** Lets the script put the browser's own zone in. */
  guess: boolean;
}

export function ZoneChoice({ frame, chosen, wrongs, guess }: ZoneChoiceProps) {
  const { zone, zoneHint } = frame.messages.choices;
  return (
    <div>
      <label for="timezone">{zone}</label>
      <p class="hint" id="timezone-hint">
        {zoneHint}
      </p>
      <select
        id="timezone"
        name="timezone"
        {...(guess ? { "data-guess-zone": "" } : {})}
        {...described("timezone", wrongs, true)}
      >
        {!isListed(chosen) && (
          <option value={chosen} selected>
            {chosen}
          </option>
        )}
        {zoneGroups().map(({ region, zones }) => (
          <optgroup label={region}>
            {zones.map(({ value, label }) => (
              <option value={value} selected={value === chosen}>
                {label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <Wrong name="timezone" wrongs={wrongs} />
    </div>
  );
}

export function LocaleChoice({ frame, chosen }: { frame: Frame; chosen: string }) {
  return (
    <div>
      <label for="locale">{frame.messages.choices.locale}</label>
      <select id="locale" name="locale">
        {LOCALES.map((locale) => (
          <option value={locale} selected={locale === chosen}>
            {messagesFor(locale).name}
          </option>
        ))}
      </select>
    </div>
  );
}
