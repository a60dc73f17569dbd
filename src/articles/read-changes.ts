import type { Changes } from "./changes.ts";

/** Reads what is stored with an event. Events of earlier releases lack what was added since: it reads as nothing. */
export function readChanges(json: string | null): Changes | null {
  if (json === null) return null;
  const stored = JSON.parse(json) as Partial<Changes>;
  return {
    added: [],
    removed: [],
    renamed: [],
    moved: [],
    changed: [],
    head: [],
    dates: [],
    reviewers: { added: [], removed: [] },
    sentences: [],
    summary: "",
    ...stored,
    references: { added: [], removed: [], changed: [], ...stored.references },
  };
}
