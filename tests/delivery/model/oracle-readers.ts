import { type Letter, latest, type Oracle, type Reader, type SignUp, type Wishes } from "./oracle.ts";

const DAY_MS = 86_400_000;
const MOST = { confirm: 3, "already-subscribed": 1 } as const;

/** A worker took a sign-up. `id` is the row a new reader gets. */
export function takeSignUp(oracle: Oracle, { address, topics, cadence }: SignUp, id: number): void {
  if (oracle.suppressed.has(address)) return;
  let reader = oracle.readers.find((one) => one.address === address && one.status !== "erased");
  if (reader?.status === "active") {
    single(oracle, reader, "already-subscribed");
    return;
  }
  reader ??= newReader(oracle, id, address);
  Object.assign(reader, { status: "pending", topics, cadence, steadySince: null });
  reader.ledger.push("requested form");
  single(oracle, reader, "confirm");
}

function newReader(oracle: Oracle, id: number, address: string): Reader {
  const reader: Reader = {
    id,
    address,
    status: "pending",
    topics: [],
    cadence: "weekly",
    discreet: false,
    place: 0,
    pausedUntil: 0,
    softBounces: 0,
    hadLeft: false,
    ledger: [],
    steadySince: null,
  };
  oracle.readers.push(reader);
  return reader;
}

/** One mail that a person waits for; a mailbox gets only so many a day. */
function single(oracle: Oracle, reader: Reader, kind: Exclude<Letter["kind"], "digest">): void {
  if (kind !== "welcome") {
    const name = `${kind} ${reader.address}`;
    const times = (oracle.mailed.get(name) ?? []).filter((at) => at > oracle.now() - DAY_MS);
    if (times.length >= MOST[kind]) return;
    oracle.mailed.set(name, [...times, oracle.now()]);
  }
  oracle.letters.push({
    id: 0,
    reader,
    edition: null,
    kind,
    events: [],
    discreet: kind === "welcome" && reader.discreet,
    status: "queued",
    key: "",
    frozenAt: null,
    accepted: 0,
    failedThere: false,
    refusedAlone: false,
  });
}

/** The button of a confirmation was pressed; gives what the page must say. */
export function pressConfirm(oracle: Oracle, reader: Reader, issuedAt: number): string {
  if (!oracle.readers.includes(reader)) return "unknown";
  if (oracle.now() - issuedAt > 3 * DAY_MS) return "expired";
  if (reader.status === "active") return "already";
  if (reader.status !== "pending") return "unknown";
  const place = latest(oracle);
  const change = { status: "active", place, steadySince: place, softBounces: 0, pausedUntil: 0, hadLeft: false };
  Object.assign(reader, change);
  reader.ledger.push("confirmed confirm");
  single(oracle, reader, "welcome");
  return "confirmed";
}

/** "This wasn't me": who never read is forgotten, who had left has left again. */
export function pressNotMe(oracle: Oracle, reader: Reader): void {
  if (!oracle.readers.includes(reader) || reader.status !== "pending") return;
  if (reader.hadLeft) {
    reader.status = "unsubscribed";
    reader.ledger.push("withdrawn unconfirmed");
    return;
  }
  oracle.readers = oracle.readers.filter((one) => one !== reader);
  oracle.letters = oracle.letters.filter((letter) => letter.reader !== reader);
}

export function pressLeave(oracle: Oracle, reader: Reader, form: string): void {
  if (!oracle.readers.includes(reader) || !["pending", "active"].includes(reader.status)) return;
  reader.status = "unsubscribed";
  reader.hadLeft = true;
  reader.ledger.push(`withdrawn ${form}`);
}

/** Gives whether the link opens anything. */
export function pressErase(oracle: Oracle, reader: Reader): boolean {
  if (!oracle.readers.includes(reader) || reader.status === "erased") return false;
  suppress(oracle, reader, "erased");
  for (const [id, { address }] of oracle.requests) if (address === reader.address) oracle.requests.delete(id);
  Object.assign(reader, { status: "erased", hadLeft: true });
  reader.ledger.push("erased preferences");
  return true;
}

export interface Change extends Wishes {
  discreet: boolean;
  /** Undefined leaves a pause as it is. */
  pauseWeeks?: number | undefined;
}

/** Gives whether the link opens anything. */
export function changeWishes(
  oracle: Oracle,
  reader: Reader,
  { topics, cadence, discreet, pauseWeeks }: Change,
): boolean {
  if (!oracle.readers.includes(reader) || reader.status !== "active") return false;
  const sameTopics = topics.join() === reader.topics.join();
  Object.assign(reader, { topics, cadence, discreet, ...(sameTopics ? {} : { steadySince: null }) });
  if (pauseWeeks !== undefined) reader.pausedUntil = pauseWeeks === 0 ? 0 : oracle.now() + pauseWeeks * 7 * DAY_MS;
  reader.ledger.push("changed preferences");
  return true;
}

/** Never mailed again. An erased reader has no address to remember. */
export function suppress(oracle: Oracle, reader: Reader, reason: string): void {
  if (reader.status !== "erased") suppressAddress(oracle, reader.address, reason);
}

/** The first reason stays, but for what the provider's own list said. */
export function suppressAddress({ suppressed }: Oracle, address: string, reason: string): void {
  const known = suppressed.get(address);
  if (known === undefined || known === "provider") suppressed.set(address, reason);
}
