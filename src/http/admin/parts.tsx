import type { Child } from "hono/jsx";
import { sayDay, sayMinute } from "../ui/days.ts";
import { described, Wrong, type Wrongs } from "../ui/parts.tsx";
import { words } from "./words.ts";

export type Tone = "" | "good" | "busy" | "warn" | "bad";

/** A state in a word; the dot's colour says nothing that the word does not. */
export function Mark({ tone = "", children }: { tone?: Tone; children: Child }) {
  return <span class={`mark ${tone}`.trim()}>{children}</span>;
}

export function Moment({ at, timezone }: { at: number | string; timezone: string }) {
  return <time datetime={new Date(at).toISOString()}>{sayMinute(at, words.tag, timezone)}</time>;
}

export function day(text: string): string {
  return sayDay(text, words.tag);
}

/** What another program said, begun as a sentence. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

export function names(list: string[]): string {
  return new Intl.ListFormat(words.tag).format(list);
}

interface HeadProps {
  title: string;
  text?: string;
  /** Where one came from. */
  crumb?: { href: string; label: string };
  children?: Child;
}

/** The head of a page: its title, and at the side what can be done with all of it. */
export function Head({ title, text, crumb, children }: HeadProps) {
  return (
    <div class="desk-head">
      <div>
        {crumb !== undefined && (
          <p class="crumbs">
            <a href={crumb.href}>{crumb.label}</a>
          </p>
        )}
        <h1>{title}</h1>
        {text !== undefined && <p class="lede">{text}</p>}
      </div>
      {children}
    </div>
  );
}

export function Older({ path, next }: { path: string; next: number | string | null }) {
  return next === null ? null : (
    <p class="more">
      <a href={`${path}?before=${encodeURIComponent(next)}`}>{words.older}</a>
    </p>
  );
}

interface TextFieldProps {
  name: string;
  label: string;
  hint?: string;
  value: string;
  wrongs: Wrongs;
  /** Tells fields of the same name on one page apart. */
  id?: string;
  rows?: number;
  required?: boolean;
}

/** A field for a few sentences. */
export function TextField({ name, label, hint, value, wrongs, id = name, rows = 3, required = false }: TextFieldProps) {
  return (
    <div>
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea id={id} name={name} rows={rows} required={required} {...described(id, wrongs, hint !== undefined)}>
        {value}
      </textarea>
      <Wrong name={id} wrongs={wrongs} />
    </div>
  );
}

/** Facts with a name each; those that are null are left out. */
export function Facts({ facts }: { facts: [name: string, value: Child | null][] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
    </dl>
  );
}
