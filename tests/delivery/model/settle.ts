import { expectSound } from "./act.ts";
import { draftEdition, resume, retry, send } from "./acts-editors.ts";
import { sweep, work } from "./acts-workers.ts";
import { type Letter, type Oracle, type Reader, wants } from "./oracle.ts";
import type { Life } from "./world.ts";

const MOST_ROUNDS = 60;
const ENDS = ["sent", "cancelled", "draft"];

/**
 * Lets everything come to rest once nothing goes wrong any more: what was paused goes on, what failed is sent again, and
 * a last edition tells everybody what they have not heard. Throws when it never ends, or when somebody was forgotten.
 */
export async function settleLife(life: Life): Promise<void> {
  const { world, oracle } = life;
  world.provider.refused.clear();
  await comeToRest(life);
  for (const edition of oracle.editions) if (edition.status === "sent") await retry(life, edition);
  const last = await draftEdition(life, { picked: null, cadence: null, send: true });
  if (last) await send(life, last);
  await comeToRest(life);
  oracle.faults.push(...unheard(oracle), ...(await leftOver(life)));
  await expectSound(life);
}

async function comeToRest(life: Life): Promise<void> {
  const { world, oracle } = life;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const edition of oracle.editions) if (edition.status === "paused") await resume(life, edition);
    await sweep(life);
    for (const job of world.jobs.splice(0)) await work(life, job);
    await expectSound(life);
    const open = oracle.editions.filter((one) => !ENDS.includes(one.status));
    const waiting = oracle.letters.filter((one) => one.status === "queued");
    const batches = await openBatches(life);
    if (
      open.length + waiting.length + batches.length + world.jobs.length + oracle.requests.size + toApply(oracle) ===
      0
    )
      return;
    world.clock.advance(60_000);
  }
  const waiting = oracle.letters.filter((one) => one.status === "queued").map((one) => `letter ${one.id}`);
  const open = oracle.editions.filter((one) => !ENDS.includes(one.status)).map((one) => `${one.uid} ${one.status}`);
  throw new Error(`it never ends: ${[...waiting, ...open].join(", ")}`);
}

/** A notice that could not be applied for three days never is. */
const toApply = ({ notices, now }: Oracle) =>
  [...notices.values()].filter(({ receivedAt }) => receivedAt > now() - 3 * 86_400_000).length;

/** Readers who always wanted the same, and events since they came that they were told not once. */
function unheard(oracle: Oracle): string[] {
  const { readers, letters } = oracle;
  return readers
    .filter(({ status, address, pausedUntil }) => {
      return status === "active" && !oracle.suppressed.has(address) && pausedUntil <= oracle.now();
    })
    .flatMap((reader) => {
      const mine = letters.filter((letter) => letter.reader === reader);
      return missed(oracle, reader, mine).map((seq) => `${reader.address} never heard of event ${seq}`);
    });
}

/** What failed in an edition that was cancelled then is the one thing that nobody sends again. */
function missed(oracle: Oracle, reader: Reader, mine: Letter[]): number[] {
  const { steadySince } = reader;
  if (steadySince === null) return [];
  const told = mine.filter((letter) => letter.status !== "skipped").flatMap((letter) => letter.events);
  return oracle.events
    .filter((event) => event.seq > steadySince && wants(reader, event) && !told.includes(event.seq))
    .map((event) => event.seq);
}

/** What the provider has and the letters say; batches that nobody ended. */
async function leftOver(life: Life): Promise<string[]> {
  const { oracle } = life;
  const wrong = oracle.letters.filter(({ status, accepted, failedThere }) => {
    if (status === "unknown") return false;
    const reached = ["submitted", "delivered", "bounced", "complained"].includes(status);
    return reached || failedThere ? accepted !== 1 : accepted !== 0;
  });
  const open = await openBatches(life);
  return [
    ...wrong.map((one) => `letter ${one.id} is ${one.status} and was accepted ${one.accepted} times`),
    ...open.map((one) => `batch ${one.uid} has no end`),
  ];
}

/** Also those of which notices told everything: their next attempt says so. */
function openBatches({ world: { ctx } }: Life): Promise<{ uid: string }[]> {
  const ends = ["settled", "split", "unknown"] as const;
  return ctx.db.selectFrom("batch").select("uid").where("status", "not in", ends).execute();
}
