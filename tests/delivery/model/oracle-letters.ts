import type { DeliveryStatus } from "../../../src/delivery/index.ts";
import { attemptsOf, type Letter, type Notice, type Oracle } from "./oracle.ts";
import { suppress } from "./oracle-readers.ts";

const HOUR_MS = 3_600_000;
/** An attempt of unknown outcome is made again within this long. */
const RETRY_FOR_MS = 23 * HOUR_MS;
const SOFT_BOUNCES = 5;

/** How far a letter has come. `skipped` is an end of its own, and `failed` unless the mailbox was reached after all. */
const RANKS: DeliveryStatus[] = ["queued", "unknown", "submitted", "delivered", "bounced", "complained"];
const rank = (status: DeliveryStatus) => RANKS.indexOf(status);

/** Moves a letter if that is a step forward. */
export function advance(letter: Letter, to: DeliveryStatus): void {
  if (letter.status === "failed" && rank(to) >= rank("delivered")) letter.status = to;
  const from = rank(letter.status);
  if (from === -1) return;
  if (to === "failed" ? from <= rank("submitted") : from < rank(to)) letter.status = to;
}

/** The letter's bytes are fixed now: whoever may not be mailed at this moment never is. */
export function freezeLetter(oracle: Oracle, letter: Letter): void {
  letter.frozenAt = oracle.now();
  const stands = letter.reader.status === (letter.kind === "confirm" ? "pending" : "active");
  if (letter.status === "queued" && (!stands || oracle.suppressed.has(letter.reader.address)))
    letter.status = "skipped";
}

/** The provider took it. */
export function acceptLetter(oracle: Oracle, letter: Letter): void {
  letter.accepted += 1;
  const who = `letter ${letter.id} to ${letter.reader.address}`;
  if (letter.accepted > 1) oracle.faults.push(`${who}: accepted ${letter.accepted} times`);
  if (letter.frozenAt === null) oracle.faults.push(`${who}: sent before it was frozen`);
  if (letter.status === "skipped") oracle.faults.push(`${who}: sent though skipped`);
  for (const seq of letter.events) {
    const others = oracle.letters.filter(
      (one) => one.reader === letter.reader && one !== letter && one.accepted > 0 && !one.failedThere,
    );
    if (others.some((one) => one.events.includes(seq))) oracle.faults.push(`${who}: event ${seq} told twice`);
  }
}

/** The outcome of letters under a key was left to a person. */
export function leaveUnknown(oracle: Oracle, letter: Letter): void {
  const { unsettledSince, mismatch } = attemptsOf(oracle, letter.key);
  const late = unsettledSince !== null && oracle.now() >= unsettledSince + RETRY_FOR_MS;
  const cancelled = unsettledSince !== null && letter.edition?.status === "cancelled";
  if (!late && !cancelled && !mismatch)
    oracle.faults.push(`letter ${letter.id} was left to a person (since ${unsettledSince}, ${letter.edition?.status})`);
  advance(letter, "unknown");
}

const STATES: Record<Notice["kind"], DeliveryStatus> = {
  sent: "submitted",
  delayed: "submitted",
  delivered: "delivered",
  bounced: "bounced",
  "bounced-soft": "bounced",
  suppressed: "bounced",
  complained: "complained",
  failed: "failed",
};

/** A worker applied a provider's notice. */
export function applyNotice(oracle: Oracle, notice: Notice): void {
  const letter = oracle.letters.find((one) => one.id === notice.letter);
  if (!letter) return;
  advance(letter, STATES[notice.kind]);
  if (notice.kind === "failed" && letter.status === "failed") letter.failedThere = true;
  const { reader } = letter;
  if (notice.kind === "delivered") reader.softBounces = 0;
  if (notice.kind === "bounced-soft") reader.softBounces += 1;
  const dead = notice.kind === "bounced" || (notice.kind === "bounced-soft" && reader.softBounces >= SOFT_BOUNCES);
  if (dead || (notice.kind === "suppressed" && isListed(oracle, reader.address, notice.receivedAt))) {
    suppress(oracle, reader, dead ? "bounce" : "provider");
    if (["pending", "active"].includes(reader.status)) Object.assign(reader, { status: "bounced", hadLeft: true });
  }
  if (notice.kind !== "complained") return;
  suppress(oracle, reader, "complaint");
  if (!["pending", "active", "bounced"].includes(reader.status)) return;
  Object.assign(reader, { status: "complained", hadLeft: true });
  reader.ledger.push("withdrawn complaint");
}

/** Whether the provider's list says so now: of what was lifted here since, only a later notice does. */
function isListed({ listedAt, suppressed }: Oracle, address: string, at: number): boolean {
  const last = listedAt.get(address) ?? 0;
  if (last > at || (last === at && !suppressed.has(address))) return false;
  listedAt.set(address, at);
  return true;
}
