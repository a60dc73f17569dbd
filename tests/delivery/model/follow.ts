import { editionsDiffer, lettersDiffer } from "./compare.ts";
import { attemptsOf, type Edition, type Letter, type Oracle } from "./oracle.ts";
import { planEdition, skipCancelled } from "./oracle-editions.ts";
import { advance, freezeLetter, leaveUnknown } from "./oracle-letters.ts";
import { deliveryRows, editionRows, type Row } from "./rows.ts";
import type { Life } from "./world.ts";

/**
 * Lets the oracle see when the engine took its steps (which page of readers is decided, which batch frozen, what was
 * left to a person), decides what each step must have done, and compares that with every row.
 */
export async function follow({ world: { ctx }, oracle }: Life): Promise<void> {
  const rows = await editionRows(ctx);
  const editions = rows.map((row) => ({ row, edition: editionOf(oracle, row) }));
  for (const { row, edition } of editions) {
    const more = row.planned_to > edition.plannedTo || row.planned_at !== null;
    if (!edition.planned && more) planEdition(oracle, edition, row.planned_to, row.planned_at !== null);
  }
  const deliveries = await deliveryRows(ctx);
  const letters = deliveries.map((row) => ({ row, letter: letterOf(oracle, row) }));
  for (const { row, letter } of letters) keep(oracle, letter, row);
  for (const { row, edition } of editions) if (row.status === "sent") finish(oracle, edition);
  oracle.faults.push(...lettersDiffer(oracle, deliveries), ...editionsDiffer(oracle, rows));
}

function editionOf({ editions }: Oracle, { uid }: { uid: string }): Edition {
  const edition = editions.find((one) => one.uid === uid);
  if (!edition) throw new Error(`an edition that nobody drafted: ${uid}`);
  return edition;
}

function letterOf(oracle: Oracle, row: Row): Letter {
  const known = oracle.letters.find((one) => one.id === row.id);
  if (known) return known;
  const owed = oracle.letters.find(
    (one) =>
      one.id === 0 &&
      one.reader.id === row.reader &&
      (one.edition?.uid ?? null) === row.edition &&
      one.kind === row.kind,
  );
  if (!owed) throw new Error(`delivery ${row.id}: nobody owes reader ${row.reader} a ${row.kind} of ${row.edition}`);
  owed.id = row.id;
  return owed;
}

function keep(oracle: Oracle, letter: Letter, row: Row): void {
  letter.key = `batch-${row.batch}`;
  if (letter.frozenAt === null && row.frozenAt !== null) freezeLetter(oracle, letter);
  if (row.batchStatus === "unknown" && letter.status === "queued") leaveUnknown(oracle, letter);
  const forgotten = ["queued", "sending"].includes(row.batchStatus) && row.unsettledSince === null;
  if (forgotten && attemptsOf(oracle, letter.key).unsettledSince !== null)
    oracle.faults.push(`letter ${letter.id} may have been taken, and its batch does not say so`);
  if (letter.refusedAlone && row.status === "failed") advance(letter, "failed");
  if (row.batchStatus === "settled" && letter.status === "queued") skipProven(oracle, letter);
}

/** Cancelled while it was being tried, and nothing was taken: now that this is known it is skipped. */
function skipProven(oracle: Oracle, letter: Letter): void {
  const perhaps = attemptsOf(oracle, letter.key).unsettledSince !== null;
  if (letter.edition?.status === "cancelled" && !perhaps) skipCancelled(letter);
}

/** An edition calls itself sent: only if everyone is decided and nothing of it waits. */
function finish(oracle: Oracle, edition: Edition): void {
  if (edition.status !== "sending") return;
  const waiting = oracle.letters.filter((one) => one.edition === edition && one.status === "queued");
  if (!edition.planned || waiting.length > 0) oracle.faults.push(`${edition.uid} is sent and ${waiting.length} wait`);
  edition.status = "sent";
}
