const LONGEST = 300;
/** Longer words are cut before they are searched, so that searching stays cheap. */
const LONGEST_READ = 2000;
const LOOKS_LIKE_ADDRESS = /(?:"[^"\r\n]*"|[^\s<>"'`(),;:[\]]+)(?:@|%40)[^\s<>"'`(),;:[\]]+/gi;
const SHORTEST_NAME = 3;

/**
 * A provider's words without addresses, on one line of at most 300 characters. The `known` addresses go with their
 * local parts too, since mail servers also write "alice: user unknown".
 */
export function redactAddresses(text: string, known: readonly string[] = []): string {
  const oneLine = beginning(text)
    .replaceAll(/[\s\0]+/g, " ")
    .trim();
  const redacted = known.reduce(redactName, oneLine.replaceAll(LOOKS_LIKE_ADDRESS, "[address]"));
  return redacted.length > LONGEST ? `${redacted.slice(0, LONGEST - 1)}…` : redacted;
}

/** Ends between words: half an address would not look like one. */
function beginning(text: string): string {
  return text.length > LONGEST_READ ? text.slice(0, LONGEST_READ).replace(/\S+$/, "") : text;
}

function redactName(text: string, address: string): string {
  const name = address.slice(0, address.lastIndexOf("@"));
  if (name.length < SHORTEST_NAME || !text.toLowerCase().includes(name.toLowerCase())) return text;
  const pattern = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replaceAll(new RegExp(`(?<![\\w-])${pattern}(?![\\w-])`, "gi"), "[address]");
}
