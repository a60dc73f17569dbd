import type { Prepared } from "./prepare-sections.ts";

/** How lists name the text before the first heading. */
export const OPENING = "Opening";

export function nameOf({ section }: Pick<Prepared, "section">): string {
  return section.heading || OPENING;
}
