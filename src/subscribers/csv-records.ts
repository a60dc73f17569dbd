import { parse } from "csv-parse/sync";

/** One record of a CSV text: its fields, or why it could not be read, with the line it begins on (1 is the header). */
export type CsvRecord = { line: number; fields: string[] } | { line: number; broken: string };

/** A record with a longer one than this has a quotation mark that nothing closes. */
const MAX_LINES = 20;
const MAX_LENGTH = 10_000;
const PAGE = 500;

/** Bytes or text as they arrive, in pieces of any size. */
export type CsvSource = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/**
 * Reads CSV (RFC 4180; line ends CRLF, LF or CR; a byte order mark is skipped) in pages, so that a file of any size
 * passes through little memory. A record that cannot be read is one broken record: reading goes on at the next line.
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

/** A record as text, not yet taken apart. */
interface Raw {
  line: number;
  text: string;
  broken?: string;
}

async function* linesOf(source: CsvSource): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of source) {
    rest += typeof piece === "string" ? piece.replace(/^\uFEFF/, "") : decoder.decode(piece, { stream: true });
    // A CR at the very end may be the first half of a CRLF.
    const whole = rest.endsWith("\r") ? rest.slice(0, -1) : rest;
    const lines = whole.split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? "") + rest.slice(whole.length);
    if (rest.length > MAX_LENGTH * MAX_LINES) rest = rest.slice(0, MAX_LENGTH * MAX_LINES);
    yield* lines;
  }
  yield* (rest + decoder.decode()).split(/\r\n|\n|\r/);
}

/** Joins the lines of a quoted field that spans several. Where the closing mark never comes, only its first line is lost. */
async function* joinQuoted(lines: AsyncGenerator<string>): AsyncGenerator<Raw> {
  let line = 0;
  let open: { text: string; line: number }[] = [];
  for await (const text of lines) {
    line += 1;
    open.push({ text, line });
    while (open.length > 0) {
      const joined = firstRecord(open);
      if (joined === "incomplete") break;
      open = open.slice(joined.lines);
      if (joined.raw.text.trim() !== "") yield joined.raw;
    }
  }
  while (open.length > 0) {
    const [first] = open;
    if (first) yield { ...first, broken: UNCLOSED };
    open = open.slice(1);
    const joined = open.length > 0 ? firstRecord(open) : "incomplete";
    if (joined === "incomplete") continue;
    open = open.slice(joined.lines);
    if (joined.raw.text.trim() !== "") yield joined.raw;
  }
}

const UNCLOSED = "a quotation mark is not closed";

function firstRecord(open: { text: string; line: number }[]): { raw: Raw; lines: number } | "incomplete" {
  let text = "";
  for (const [place, one] of open.entries()) {
    text = place === 0 ? one.text : `${text}\n${one.text}`;
    if (!hasOpenQuote(text)) return { raw: { line: open[0]?.line ?? 0, text }, lines: place + 1 };
  }
  const first = open[0] ?? { text: "", line: 0 };
  if (open.length < MAX_LINES && text.length <= MAX_LENGTH) return "incomplete";
  return { raw: { ...first, broken: UNCLOSED }, lines: 1 };
}

function hasOpenQuote(text: string): boolean {
  let marks = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) marks += 1;
  return marks % 2 === 1;
}

/** Parses a page at once, and record by record only where one of them spoils it. */
function parsePage(page: Raw[]): CsvRecord[] {
  const whole = page.filter((raw) => raw.broken === undefined);
  const parsed = parseRecords(whole.map((raw) => raw.text));
  if (whole.length === page.length && parsed?.length === page.length) {
    return page.map(({ line }, place) => ({ line, fields: parsed[place] ?? [] }));
  }
  return page.map(parseOne);
}

function parseOne({ line, text, broken }: Raw): CsvRecord {
  if (broken !== undefined) return { line, broken };
  const [fields] = parseRecords([text]) ?? [];
  return fields ? { line, fields } : { line, broken: "quotation marks are misplaced" };
}

function parseRecords(texts: string[]): string[][] | null {
  try {
    return parse(texts.join("\n"), { relax_column_count: true, record_delimiter: "\n" });
  } catch {
    return null;
  }
}
