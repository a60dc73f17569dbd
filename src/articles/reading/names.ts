import { plainText } from "./plain-text.ts";

const CREDENTIAL = /^(?:[A-Z][A-Za-z]{0,4}\.?){1,3}(?:-[A-Z]{1,4})?$|^(?:[A-Z]\.){2,}$/;
const BODY = /\b(?:board|team|committee|panel|council|group|staff|department|editors|experts|society|association)$/i;
/** What someone is, after their name. */
const ROLE =
  /^(?:\p{L}+\s+){0,4}(?:director|officer|psychiatrist|psychologist|professor|physician|doctor|editor|reviewer|specialist|consultant|therapist|counsell?or|nurse|pharmacist|dietitian|neurologist|psychology|psychiatry|neurology|medicine|pharmacy|nursing|nutrition)$/iu;
/** Where names end and another label or a description begins. */
const NAMES_STOP =
  /\s+[–—-]\s.*$|[\s.,;–—|·•(-]*\b(?:written|edited|authored|updated|published|posted|fact[- ]?checked|(?:medically|clinically|last)\s+(?:reviewed|updated)|reviewed|by)\b.*$/iu;
const MAX_WORDS = 12;
const LONGEST = 500;

/**
 * Splits the names in a reviewer's line: "Ana Ruiz, MD, and Tom Berg, PhD" are two people with their titles, "Medical
 * Review and Ethics Board" is one body, "Ana Ruiz, Psychiatrist — By Jo Doe" is one person.
 */
export function splitNames(line: string): string[] {
  const text = plainText(line.slice(0, LONGEST))
    .replace(NAMES_STOP, "")
    .replace(/[\s.,;:|·•–—-]+$/u, (end) => (/^\.$/.test(end) ? end : ""));
  return text
    .split(/\s*[;|·•]\s*/)
    .flatMap(splitAnd)
    .flatMap(joinCredentials)
    .map(tidyName)
    .filter((name) => name.split(" ").length <= MAX_WORDS && /\p{Lu}|\p{Lo}/u.test(name));
}

function splitAnd(text: string): string[] {
  const parts = text.split(/,?\s+(?:and|&|y)\s+/);
  const last = parts.at(-1) ?? "";
  const oneBody = parts.length === 2 && BODY.test(last) && !parts[0]?.includes(",") && !BODY.test(parts[0] ?? "");
  return oneBody && !/^the\s/i.test(last) ? [text] : parts;
}

function joinCredentials(text: string): string[] {
  const names: string[] = [];
  for (const part of text.split(/\s*,\s*/)) {
    if (names.length > 0 && CREDENTIAL.test(part)) names.push(`${names.pop()}, ${part}`);
    else if (names.length === 0 || !ROLE.test(part)) names.push(part);
  }
  return names;
}

/** "the Medical Review Board" and "Medical Review Board" are the same reviewers. */
export function tidyName(name: string): string {
  return plainText(name)
    .replace(/^(?:the|our|el|la|los|las)\s+(?=\S)/i, "")
    .replace(/(?<=\p{Ll}{2})\.$/u, "");
}
