import type { AudienceReport } from "./audience.ts";
import type { ExclusionReason } from "./words.ts";

/** What each reason says of one reader, and of many. */
const LEFT_OUT: Record<ExclusionReason, [one: string, many: string]> = {
  "nothing-new": ["has nothing new in it", "have nothing new in it"],
  "already-sent": ["was sent all of it by another digest", "were sent all of it by another digest"],
  paused: ["has paused", "have paused"],
  suppressed: ["may not be mailed any more", "may not be mailed any more"],
  "weekly-cap": ["had as many mails as a week holds", "had as many mails as a week holds"],
  "next-edition": ["joined after it began and gets the next one", "joined after it began and get the next one"],
  "address-refused": [
    "has an address that the provider refuses again and again",
    "have an address that the provider refuses again and again",
  ],
  unsubscribed: ["has left", "have left"],
  bounced: ["has a mailbox that takes no mail", "have a mailbox that takes no mail"],
  complained: ["reported an earlier mail as spam", "reported an earlier mail as spam"],
  erased: ["was erased", "were erased"],
  pending: ["has not confirmed", "have not confirmed"],
};

/** Why deliveries that were owed are not sent after all, as `freezeBatch` and cancelling write it. */
const SKIPPED: Record<string, string> = {
  unsubscribed: "left before it was handed over",
  pending: "left before it was handed over and have not confirmed again",
  bounced: "had a mailbox that took no mail by then",
  complained: "reported a mail as spam by then",
  erased: "were erased by then",
  suppressed: "could not be mailed any more by then",
  cancelled: "were spared it by the cancellation",
  "not-told": "never received what it corrects",
};

/** Why a reader who was left out got none, as an end of "This reader …". */
export function sayExclusion(reason: string, count = 1): string {
  const [one, many] = LEFT_OUT[reason as ExclusionReason] ?? [reason, reason];
  return count === 1 ? one : many;
}

/**
 * The honest number in English: how many match, how many get it, and why the others do not; once it goes out, also what
 * became of those who were to get it. Every number is one of the report's. Pure.
 */
export function sayAudience(report: Omit<AudienceReport, "summary">): string {
  return [first(report), leftOut(report), later(report)].filter((sentence) => sentence !== "").join(" ");
}

function first({ frozen, status, deliveries, candidates, receiving }: Omit<AudienceReport, "summary">): string {
  const match = `${number(candidates)} ${candidates === 1 ? "reader matches" : "readers match"}`;
  const all = candidates > 0 && receiving === candidates;
  const get = all && candidates > 1 ? "all of them" : number(receiving);
  if (deliveries === null) return `${match}, ${get} will get it.`;
  if (status === "cancelled") return `It was cancelled: ${match} of those decided until then, ${get} were to get it.`;
  if (!frozen) return `So far ${match}, ${get} will get it; the rest of the audience is still being decided.`;
  return status === "sent" ? `${match}, ${get} were to get it.` : `${match}, ${get} will get it.`;
}

function leftOut({ excluded, candidates, receiving }: Omit<AudienceReport, "summary">): string {
  const out = candidates - receiving;
  if (out === 0) return "";
  const parts = most(excluded).map(([reason, count]) => `${number(count)} ${sayExclusion(reason, count)}`);
  return `${number(out)} will not, because ${list(parts)}.`;
}

/** What became of those who were to get it. */
function later({ deliveries, skipped }: Omit<AudienceReport, "summary">): string {
  if (deliveries === null) return "";
  const of = (...statuses: string[]) => statuses.reduce((sum, status) => sum + (deliveries[status] ?? 0), 0);
  const parts = [
    [of("submitted", "delivered", "bounced", "complained"), "were taken by the provider"],
    [of("queued"), "still wait"],
    [of("failed"), "failed and can be sent again"],
    [of("unknown"), "are unknown: the provider may have taken them"],
    ...most(skipped).map(([reason, count]) => [count, SKIPPED[reason] ?? `were skipped: ${reason}`] as const),
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, text]) => `${number(count)} ${text}`);
  return said.length === 0 ? "" : `Of those who get it, ${list(said)}.`;
}

function most(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1));
}

function number(count: number): string {
  return count.toLocaleString("en");
}

function list(parts: string[]): string {
  return new Intl.ListFormat("en").format(parts);
}
