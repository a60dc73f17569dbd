import type { FieldError } from "../../errors.ts";
import type { Form } from "../ui/form.ts";
import type { Wrongs } from "../ui/parts.tsx";
import { words } from "./words.ts";

const FIELDS = ["version", "severity", "wrong", "right", "why", "passage", "note"] as const;
export type Field = (typeof FIELDS)[number];

/** A correction as it was typed. */
export type Typed = Record<Field, string>;

export function typedIn(form: Form): Typed {
  return Object.fromEntries(FIELDS.map((name) => [name, (form.one(name) ?? "").trim()])) as Typed;
}

/** The same as a verb takes it: an empty field says nothing. */
export function toInput({ version, severity, wrong, right, why, passage, note }: Typed) {
  return {
    version: /^\d{1,9}$/.test(version) ? Number(version) : 0,
    severity,
    wrong,
    right,
    why: why || null,
    passage: passage || null,
    note: note || null,
  };
}

/** What a verb finds wrong, in words for the field. */
export function wrongsIn(errors: FieldError[], typed: Typed): Wrongs {
  const wrongs = new Map<string, string>();
  for (const { field, text } of errors) if (!wrongs.has(field)) wrongs.set(field, say(field as Field, text, typed));
  return wrongs;
}

function say(field: Field, text: string, typed: Typed): string {
  if (field === "severity") return words.correct.choose;
  if (typed[field] === "") return words.correct.empty;
  if (field === "passage" || field === "version") {
    if (typed[field].length <= MOST) return words.correct.sentence(text);
  }
  return words.correct.long;
}

/** As `CorrectionInput` has it. */
const MOST = 2_000;
