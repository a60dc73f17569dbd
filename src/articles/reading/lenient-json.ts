const WRAPPED_START = /^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/;
const WRAPPED_END = /(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)$/;
const ENTITIES: Record<string, string> = { quot: '"', "#34": '"', "#39": "'", apos: "'", lt: "<", gt: ">", amp: "&" };

/**
 * Parses JSON as publishing systems leave it in a page: in comments or CDATA, with a byte order mark, line breaks inside
 * strings, comments, trailing commas, one value after another, or quotation marks as entities. Undefined when it is none.
 */
export function parseLeniently(raw: string): unknown {
  const text = raw.trim().replace(WRAPPED_START, "").replace(WRAPPED_END, "");
  const quoted = text.includes('"')
    ? text
    : text.replace(/&(quot|#34|#39|apos|lt|gt|amp);/g, (_, name) => ENTITIES[name] ?? "");
  return parsed(text) ?? parsed(new Repair(quoted).run());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Copies values from text to text, once through, and leaves out what JSON does not know. */
class Repair {
  readonly #text: string;
  readonly #out: string[] = [];
  #at = 0;
  #depth = 0;
  #values = 0;
  /** A comma that waits for what it separates. */
  #comma = false;

  constructor(text: string) {
    this.#text = text;
  }

  run(): string {
    while (this.#at < this.#text.length) this.#step(this.#text[this.#at] as string);
    return this.#values > 1 ? `[${this.#out.join("")}]` : this.#out.join("");
  }

  #step(character: string): void {
    if (this.#text.startsWith("/*", this.#at)) this.#skipPast("*/");
    else if (this.#text.startsWith("//", this.#at)) this.#skipPast("\n");
    else if (character === '"') this.#put(this.#string());
    else if (character === ",") this.#separate();
    else if (/\s/.test(character) || (character === ";" && this.#depth === 0)) this.#at += 1;
    else this.#put(this.#punctuation(character) ?? this.#word());
  }

  #skipPast(end: string): void {
    const found = this.#text.indexOf(end, this.#at + 2);
    this.#at = found < 0 ? this.#text.length : found + end.length;
  }

  #separate(): void {
    this.#comma = this.#depth > 0;
    this.#at += 1;
  }

  #put(token: string): void {
    const closes = token === "}" || token === "]";
    if (this.#depth === 0) this.#values += 1;
    const another = this.#depth === 0 ? this.#values > 1 : this.#comma && !closes;
    if (another) this.#out.push(",");
    this.#comma = false;
    this.#out.push(token);
    if (token === "{" || token === "[") this.#depth += 1;
    if (closes) this.#depth -= 1;
  }

  #string(): string {
    let end = this.#at + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === "\\" ? 2 : 1;
    return this.#take(end + 1).replace(/\p{Cc}/gu, " ");
  }

  #punctuation(character: string): string | null {
    return "{}[]:".includes(character) ? this.#take(this.#at + 1) : null;
  }

  /** A number or a name, up to what cannot be part of it. */
  #word(): string {
    let end = this.#at + 1;
    while (end < this.#text.length && !/[\s,;:"{}[\]/]/.test(this.#text[end] as string)) end += 1;
    return this.#take(end);
  }

  #take(end: number): string {
    const token = this.#text.slice(this.#at, end);
    this.#at = end;
    return token;
  }
}
