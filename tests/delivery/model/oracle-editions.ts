import { type Edition, type Letter, latest, type Oracle, type Reader, wants } from "./oracle.ts";

/** A message that reached its reader, or may have, or will. */
const lives = (letter: Letter) => letter.status !== "failed" && letter.status !== "skipped";

/** The events an edition would hold if it started now, and the place above which it holds all of them. */
function hold(oracle: Oracle, { picked, cadence }: Pick<Edition, "picked" | "cadence">) {
  if (picked) return { events: picked, from: 0 };
  const places = oracle.readers
    .filter((one) => one.status === "active" && (cadence === null || one.cadence === cadence))
    .filter((one) => one.pausedUntil <= oracle.now() && !oracle.suppressed.has(one.address))
    .map((one) => one.place);
  const whole = oracle.editions.filter((one) => !one.picked && one.cadence === null).map((one) => one.upto);
  const from = places.length > 0 ? Math.min(...places) : Math.max(0, ...whole);
  return { events: oracle.events.map((one) => one.seq).filter((seq) => seq > from), from };
}

/** Triggers a draft; false when there is nothing to tell. */
export function startEdition(oracle: Oracle, edition: Edition): boolean {
  const { events, from } = hold(oracle, edition);
  if (events.length === 0) return false;
  Object.assign(edition, { status: "sending", events, from, upto: edition.picked ? 0 : latest(oracle) });
  return true;
}

/** Decides the readers from where the edition stands up to this row, or all the rest. */
export function planEdition(oracle: Oracle, edition: Edition, upto: number, whole: boolean): void {
  const readers = oracle.readers
    .filter(({ status, cadence }) => status === "active" && (edition.cadence ?? cadence) === cadence)
    .filter(({ id }) => id > edition.plannedTo && (whole || id <= upto))
    .sort((a, b) => a.id - b.id);
  for (const reader of readers) decide(oracle, edition, reader);
  Object.assign(edition, { plannedTo: upto, planned: whole });
}

function decide(oracle: Oracle, edition: Edition, reader: Reader): void {
  edition.candidates += 1;
  const news = unheard(oracle, edition, reader);
  const nothing = wantedOf(oracle, edition, reader).length === 0 ? "nothing-new" : "already-sent";
  const reason = whyNot(oracle, edition, reader) ?? (news.length === 0 ? nothing : null);
  if (reason) edition.excluded.set(reason, (edition.excluded.get(reason) ?? 0) + 1);
  else oracle.letters.push(letterOf(edition, reader, news));
  if (!edition.picked && (reason === null || reason === nothing))
    reader.place = Math.max(reader.place, Math.min(edition.upto, pendingElsewhere(oracle, edition, reader) - 1));
}

/** The first event above their place that another edition has not handed over yet, and may never. */
function pendingElsewhere({ letters }: Oracle, edition: Edition, reader: Reader): number {
  const queued = letters.filter((one) => one.reader === reader && one.edition !== edition && one.status === "queued");
  const shared = queued.filter((one) => one.edition?.events.some((seq) => edition.events.includes(seq)));
  return Math.min(Number.POSITIVE_INFINITY, ...shared.flatMap((one) => one.events).filter((seq) => seq > reader.place));
}

function whyNot(oracle: Oracle, edition: Edition, reader: Reader): string | null {
  if (oracle.suppressed.has(reader.address)) return "suppressed";
  if (reader.pausedUntil > oracle.now()) return "paused";
  return !edition.picked && reader.place < edition.from ? "next-edition" : null;
}

/** What of an edition a reader wants. */
function wantedOf({ events }: Oracle, edition: Edition, reader: Reader): number[] {
  const above = edition.picked ? 0 : reader.place;
  return events
    .filter((event) => edition.events.includes(event.seq) && event.seq > above && wants(reader, event))
    .map((event) => event.seq);
}

/** What of it they were told nowhere else. */
function unheard(oracle: Oracle, edition: Edition, reader: Reader): number[] {
  return wantedOf(oracle, edition, reader).filter((seq) => !toldElsewhere(oracle, edition, reader, seq));
}

function toldElsewhere({ letters }: Oracle, edition: Edition, reader: Reader, seq: number): boolean {
  return letters.some(
    (one) => one.reader === reader && one.edition !== edition && lives(one) && one.events.includes(seq),
  );
}

function letterOf(edition: Edition, reader: Reader, events: number[]): Letter {
  return {
    id: 0,
    reader,
    edition,
    kind: "digest",
    events,
    discreet: reader.discreet,
    status: "queued",
    key: "",
    frozenAt: null,
    accepted: 0,
    failedThere: false,
    refusedAlone: false,
  };
}

/** Ends an edition. What nobody can have taken is skipped, and its readers' places move back. `held`: keys being tried. */
export function cancelEdition(oracle: Oracle, edition: Edition, held: ReadonlySet<string>): void {
  if (edition.status === "cancelled") return;
  edition.status = "cancelled";
  for (const letter of oracle.letters.filter((one) => one.edition === edition && one.status === "failed"))
    tellNext(letter);
  for (const letter of oracle.letters.filter((one) => one.edition === edition && one.status === "queued")) {
    const perhaps = (oracle.attempts.get(letter.key)?.unsettledSince ?? null) !== null;
    if (!perhaps && !held.has(letter.key)) skipCancelled(letter);
  }
}

/** What a cancelled edition did not hand over; in sequence, the next one tells it. */
export function skipCancelled(letter: Letter): void {
  letter.status = "skipped";
  tellNext(letter);
}

/** The place moves back to before what the letter would have told. */
function tellNext(letter: Letter): void {
  if (!letter.edition?.picked) letter.reader.place = Math.min(letter.reader.place, Math.min(...letter.events) - 1);
}

/** Owes what failed again, less what was told elsewhere meanwhile; gives how many letters. */
export function retryEdition(oracle: Oracle, edition: Edition): number {
  let retried = 0;
  for (const letter of oracle.letters.filter((one) => one.edition === edition && one.status === "failed")) {
    const left = letter.events.filter((seq) => !toldElsewhere(oracle, edition, letter.reader, seq));
    if (left.length === 0) continue;
    Object.assign(letter, {
      status: "queued",
      events: left,
      frozenAt: null,
      accepted: 0,
      failedThere: false,
      refusedAlone: false,
      key: "",
    });
    retried += 1;
  }
  if (retried > 0 && edition.status === "sent") edition.status = "sending";
  return retried;
}
