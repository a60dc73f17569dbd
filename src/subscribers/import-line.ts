import { z } from "zod";
import { InvalidError } from "../errors.ts";
import { packTopics } from "../topics/index.ts";
import { readAddress } from "./address.ts";
import type { CsvRecord } from "./csv-records.ts";
import { DAY_MS } from "./limit.ts";
import { Timezone } from "./schemas.ts";
import { CADENCES, type Cadence, LOCALES, type Locale } from "./words.ts";

/** The header of an import and of an export. */
export const COLUMNS = ["email", "topics", "cadence", "timezone", "locale", "confirmed_at", "consent_source"] as const;
export type Column = (typeof COLUMNS)[number];

/** One good line: a reader who agreed elsewhere, and when. */
export interface ImportLine {
  line: number;
  address: string;
  canonical: string;
  /** Canonical topic set. */
  topics: string;
  cadence: Cadence;
  timezone: string;
  locale: Locale;
  /** Milliseconds since 1970. */
  confirmedAt: number;
  consentSource: string | null;
}

/** One bad line and why, in words without an address. */
export interface RefusedLine {
  line: number;
  reason: string;
}

/** What lines are read against; `zones` remembers which time zones exist. */
export interface LineRules {
  columns: Column[];
  topics: Set<string>;
  defaultZone: string;
  now: number;
  zones: Map<string, boolean>;
}

/** Which column stands where. Throws `InvalidError` unless the header names each column once, in any order. */
export function readHeader(record: CsvRecord | undefined): Column[] {
  if (!record) throw new InvalidError(`The file is empty; expected the header ${COLUMNS.join(",")}.`);
  const names = "fields" in record ? record.fields.map((name) => name.trim().toLowerCase()) : [];
  const known = names.filter((name): name is Column => (COLUMNS as readonly string[]).includes(name));
  if (known.length === names.length && new Set(known).size === COLUMNS.length && names.length === COLUMNS.length) {
    return known;
  }
  const missing = COLUMNS.filter((name) => !names.includes(name));
  const lack = missing.length > 0 ? `; missing: ${missing.join(", ")}` : "; each column once and no other";
  const text = `expected the header ${COLUMNS.join(",")}${lack}`;
  throw new InvalidError(`The first line is not as expected: ${text}.`, [{ field: "header", text }]);
}

/** Reads one record, or says why it is refused. */
export function readLine(record: CsvRecord, rules: LineRules): ImportLine | RefusedLine {
  const { line } = record;
  if ("broken" in record) return { line, reason: record.broken };
  const { length } = rules.columns;
  if (record.fields.length !== length)
    return { line, reason: `expected ${length} fields, got ${record.fields.length}` };
  try {
    return { line, ...readFields(record.fields, rules) };
  } catch (error) {
    if (error instanceof InvalidError) return { line, reason: error.message };
    throw error;
  }
}

function readFields(fields: string[], rules: LineRules): Omit<ImportLine, "line"> {
  const of = (column: Column) => unescapeFormula(fields[rules.columns.indexOf(column)] ?? "").trim();
  const { address, canonical } = readAddress(of("email"));
  return {
    address,
    canonical,
    topics: readTopics(of("topics"), rules.topics),
    cadence: oneOf("cadence", CADENCES, of("cadence"), "weekly"),
    timezone: readZone(of("timezone"), rules),
    locale: oneOf("locale", LOCALES, of("locale"), "en"),
    confirmedAt: readTime(of("confirmed_at"), rules.now),
    consentSource: readSource(of("consent_source")),
  };
}

/** An export puts an apostrophe before what a spreadsheet would take for a formula; this takes it off again. */
function unescapeFormula(field: string): string {
  return /^'+[=+\-@\t\r]/.test(field) ? field.slice(1) : field;
}

function readTopics(text: string, known: Set<string>): string {
  const slugs = text.split(";").flatMap((slug) => slug.trim() || []);
  const unknown = slugs.find((slug) => !known.has(slug));
  if (unknown !== undefined) throw new InvalidError(`topics: this site has no topic ${quote(unknown)}`);
  return packTopics(slugs);
}

function oneOf<T extends string>(column: Column, words: readonly T[], text: string, unset: T): T {
  if (text === "") return unset;
  const word = words.find((one) => one === text.toLowerCase());
  if (word === undefined) throw new InvalidError(`${column}: expected ${words.join(", ")}, got ${quote(text)}`);
  return word;
}

function readZone(text: string, { zones, defaultZone }: LineRules): string {
  if (text === "") return defaultZone;
  const known = zones.get(text) ?? Timezone.safeParse(text).success;
  if (zones.size < 1000) zones.set(text, known);
  if (!known) throw new InvalidError("timezone: expected an IANA time zone such as Europe/Madrid");
  return text;
}

const Instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

function readTime(text: string, now: number): number {
  if (text === "") throw new InvalidError("confirmed_at: missing, and without it nothing shows that the reader agreed");
  if (!Instant.safeParse(text).success) {
    throw new InvalidError("confirmed_at: expected RFC 3339, as in 2025-03-31T09:00:00Z or 2025-03-31");
  }
  const at = Date.parse(text);
  if (at > now + DAY_MS) throw new InvalidError("confirmed_at: lies in the future");
  return at;
}

function readSource(text: string): string | null {
  if (text === "") return null;
  if (text.length > 200) throw new InvalidError("consent_source: longer than 200 characters");
  if (/[\p{Cc}@]/u.test(text)) throw new InvalidError("consent_source: expected one line without an address");
  return text;
}

function quote(text: string): string {
  return text.includes("@") ? "(something with an @)" : JSON.stringify(text.slice(0, 64));
}
