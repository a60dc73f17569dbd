import { parse } from "csv-parse/sync";

/** One record of a CSV text: its fields, or why it could not be read, with the line it begins on (1 is the header). */
export type CsvRecord = { line: number; fields: string[] } | { line: number; broken: string };

/** Bytes or text as they arrive, in pieces of any size. */
export type CsvSource = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

const PAGE = 500;
/** A quotation mark that nothing closes within so many lines is taken for a slip. */
const MAX_LINES = 20;
const MAX_LENGTH = 10_000;

/**
 * Reads CSV (RFC 4180; line ends CRLF, LF or CR; a byte order mark is skipped) in pages, so that a file of any size
 * passes through little memory. What cannot be read is one broken record: reading goes on at the next line.
 */
export async function* readCsv(source: CsvSource): AsyncGenerator<CsvRecord[]> {
  let page: Raw[] = [];
  for await (const raw of joinQuoted(linesOf(source))) {
    page.push(raw);
    if (page.length < PAGE) continue;
    yield parsePage(page);
    page = [];
  }
  if (page.length > 0) yield parsePage(page);
}

async function* linesOf(source: CsvSource): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  let first = true;
  for await (const piece of source) {
    rest += typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
    if (first) rest = rest.replace(/^\uFEFF/, "");
    first = false;
    // A CR at the very end may be the first half of a CRLF.
    const whole = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
    const lines = whole.split(/\r\n|\n|\r/);
    rest = ((lines.pop() ?? "") + rest.slice(whole.length)).slice(0, 2 * MAX_LENGTH);
    yield* lines;
  }
  yield* (rest + decoder.decode()).split(/\r\n|\n|\r/);
}

/** A record as text, not yet taken apart. */
interface Raw {
  line: number;
  text: string;
  broken?: string;
}

async function* joinQuoted(lines: AsyncGenerator<string>): AsyncGenerator<Raw> {
  const open: Raw[] = [];
  let line = 0;
  let width = 0;
  for await (const text of lines) {
    line += 1;
    if (line === 1) width = parseRecords([text])?.[0]?.length ?? 0;
    open.push({ line, text });
    yield* settle(open, width, false);
  }
  yield* settle(open, width, true);
}

/** Takes whole records off the front. Where a closing mark never comes, only the line with the opening one is lost. */
function* settle(open: Raw[], width: number, atEnd: boolean): Generator<Raw> {
  for (let [first] = open; first; [first] = open) {
    const lines = linesOfFirst(open, width);
    if (lines === 0 && !atEnd && open.length < MAX_LINES) return;
    const text = open
      .splice(0, Math.max(1, lines))
      .map((one) => one.text)
      .join("\n");
    if (lines === 0) yield { ...first, broken: "a quotation mark is not closed" };
    else if (text.length > MAX_LENGTH) yield { ...first, broken: `it is longer than ${MAX_LENGTH} characters` };
    else if (text.trim() !== "") yield { line: first.line, text };
  }
}

/** How many lines the first record takes; 0 when its quotation marks do not close within what is there. */
function linesOfFirst(open: Raw[], width: number): number {
  let text = "";
  for (const [place, one] of open.entries()) {
    text = place === 0 ? one.text : `${text}\n${one.text}`;
    if (hasOpenQuote(text)) continue;
    return place === 0 || parseRecords([text])?.[0]?.length === width ? place + 1 : 0;
  }
  return 0;
}

function hasOpenQuote(text: string): boolean {
  let marks = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) marks += 1;
  return marks % 2 === 1;
}

/** Parses a page at once, and record by record only where one of them spoils it. */
function parsePage(page: Raw[]): CsvRecord[] {
  const parsed = page.every((raw) => raw.broken === undefined) ? parseRecords(page.map((raw) => raw.text)) : null;
  if (parsed?.length !== page.length) return page.map(parseOne);
  return page.map(({ line }, place) => ({ line, fields: parsed[place] ?? [] }));
}

function parseOne({ line, text, broken }: Raw): CsvRecord {
  if (broken !== undefined) return { line, broken };
  const [fields] = parseRecords([text]) ?? [];
  return fields ? { line, fields } : { line, broken: "quotation marks are misplaced" };
}

function parseRecords(texts: string[]): string[][] | null {
  try {
    return parse(texts.join("\n"), { relax_column_count: true, record_delimiter: "\n" });
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
