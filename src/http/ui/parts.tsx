import type { Child } from "hono/jsx";
import type { FieldError } from "../../errors.ts";
import type { Words } from "./messages/index.ts";
import { type Frame, Page } from "./page.tsx";

/** What is wrong, by field. */
export type Wrongs = ReadonlyMap<string, string>;

/** The first thing wrong with each field, in the page's language. */
export function wrongsOf(errors: FieldError[], frame: Frame): Wrongs {
  const wrongs = new Map<string, string>();
  for (const { field, text } of errors) {
    const name = field.split(".")[0] ?? field;
    if (!wrongs.has(name)) wrongs.set(name, frame.messages.wrong(name, text));
  }
  return wrongs;
}

/** Ends the attributes of a control: what describes it, and whether it is wrong. */
export function described(name: string, wrongs: Wrongs, hint: boolean) {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(wrongs.has(name) ? [`${name}-error`] : [])];
  return {
    ...(ids.length > 0 ? { "aria-describedby": ids.join(" ") } : {}),
    ...(wrongs.has(name) ? { "aria-invalid": "true" as const } : {}),
  };
}

export function Wrong({ name, wrongs }: { name: string; wrongs: Wrongs }) {
  const text = wrongs.get(name);
  return text === undefined ? null : (
    <p class="error" id={`${name}-error`}>
      {text}
    </p>
  );
}

interface EmailFieldProps {
  label: string;
  hint?: string;
  value: string;
  wrongs: Wrongs;
}

/** An address is text until it is checked: the browser's own idea of an address is narrower than ours. */
export function EmailField({ label, hint, value, wrongs }: EmailFieldProps) {
  return (
    <div>
      <label for="email">{label}</label>
      {hint !== undefined && (
        <p class="hint" id="email-hint">
          {hint}
        </p>
      )}
      <input
        id="email"
        name="email"
        type="email"
        value={value}
        required
        maxlength={320}
        autocomplete="email"
        autocapitalize="none"
        spellcheck={false}
        {...described("email", wrongs, hint !== undefined)}
      />
      <Wrong name="email" wrongs={wrongs} />
    </div>
  );
}

/** All that is wrong, at the top, each leading to its field. */
export function ErrorSummary({ frame, wrongs }: { frame: Frame; wrongs: Wrongs }) {
  if (wrongs.size === 0) return null;
  return (
    <div class="notice bad" id="error-summary" role="alert" tabindex={-1}>
      <h2>{frame.messages.form.problems}</h2>
      <ul>
        {[...wrongs].map(([name, text]) => (
          <li>
            <a href={`#${name}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Notice({ children, tone = "" }: { children: Child; tone?: "" | "bad" | "review" | "correction" }) {
  return (
    <div class={`notice ${tone}`.trim()} role="status">
      {children}
    </div>
  );
}

interface ButtonProps {
  children: Child;
  look?: "" | "plain" | "danger" | "danger plain";
  name?: string;
  value?: string;
}

export function Button({ children, look = "", name, value }: ButtonProps) {
  return (
    <button type="submit" class={`button ${look}`.trim()} {...(name === undefined ? {} : { name, value })}>
      {children}
    </button>
  );
}

interface WordsPageProps {
  frame: Frame;
  words: Words;
  children?: Child;
  personal?: boolean;
}

/** One title, one sentence, and at most one thing to do. */
export function WordsPage({ frame, words, children, personal }: WordsPageProps) {
  return (
    <Page frame={frame} title={words.title} personal={personal ?? false}>
      <div class="card stack">
        <h1>{words.title}</h1>
        <p>{words.text}</p>
        {children}
      </div>
    </Page>
  );
}
