/** Controls, bidirectional overrides and characters that nobody sees: they hide or reorder text. */
const UNSEEN =
  /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const CONTROLS = /\p{Cc}/gu;
const HALVES = /\p{Cs}/gu;

/** One line of clean text: NFC, no controls, no invisible or reordering characters, single spaces. */
export function plainText(raw: string): string {
  return raw
    .replace(CONTROLS, " ")
    .replace(UNSEEN, "")
    .replace(HALVES, "\ufffd")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim();
}

/** At most `max` UTF-16 units, cut after a word where there is one near, with an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, "");
  const space = head.lastIndexOf(" ");
  const cut = space > max * 0.6 ? head.slice(0, space) : head;
  return `${cut.replace(/[\s,;:–—-]+$/, "")}…`;
}
