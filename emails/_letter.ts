/** Plain text written as a letter: 72 columns, underlined titles, links on a line of their own. */

const COLUMNS = 72;

/** Breaks at blanks only: a word longer than the line stays whole, so that it can still be copied. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

export function paragraph(text: string): string {
  return wrap(text, COLUMNS).join("\n");
}

/** A title with a line of `stroke` under it, as long as its longest line. */
export function title(text: string, stroke: "=" | "-" = "-"): string {
  const lines = wrap(text, COLUMNS);
  const width = Math.min(COLUMNS, Math.max(...lines.map((line) => line.length)));
  return [...lines, stroke.repeat(width)].join("\n");
}

/** What a link does, and under it the address, whole and verbatim however long. */
export function link(label: string, url: string): string {
  return `${paragraph(`${label}:`)}\n${url}`;
}

/** A block inside a block: a line of its own for each name, two columns in, and what belongs to it four. */
export function named(name: string, texts: string[]): string {
  const inner = texts.flatMap((text) => wrap(text, COLUMNS - 4));
  return [...wrap(name, COLUMNS - 2), ...inner.map((line) => `  ${line}`)].map((line) => `  ${line}`).join("\n");
}

/** What belongs together: lines without a blank one between. */
export function together(...blocks: (string | null)[]): string {
  return blocks.filter((block) => block !== null).join("\n");
}

export const rule = "-".repeat(24);

/** The letter: blocks with one blank line between, and a line end last. */
export function letter(parts: (string | null)[]): string {
  return `${blocks(parts)}\n`;
}

/** Blocks with one blank line between; empty ones leave none. */
export function blocks(parts: (string | null)[]): string {
  return parts.filter((block) => block !== null && block !== "").join("\n\n");
}
