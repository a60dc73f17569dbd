import type { Context } from "../../../src/context.ts";
import type { Edition, Letter, Oracle } from "./oracle.ts";
import type { editionRows, Row } from "./rows.ts";

/** Letters whose rows are not as the oracle says. */
export function lettersDiffer({ letters }: Oracle, rows: Row[]): string[] {
  const missing = letters.filter((letter) => !rows.some((row) => row.id === letter.id));
  const differences = missing.map(({ reader, kind }) => `${reader.address} is owed a ${kind} and has none`);
  for (const row of rows) {
    const letter = letters.find((one) => one.id === row.id);
    if (letter) differences.push(...letterDiffers(letter, row));
  }
  return differences;
}

function letterDiffers(letter: Letter, row: Row): string[] {
  const who = `letter ${row.id} (${letter.kind}) to ${letter.reader.address}`;
  const events = `[${letter.events.join(",")}]`;
  return [
    ...(row.status === letter.status ? [] : [`${who} is ${row.status} instead of ${letter.status}`]),
    ...(row.events === events ? [] : [`${who} tells ${row.events} instead of ${events}`]),
    ...((row.discreet === 1) === letter.discreet ? [] : [`${who}: discreet is ${row.discreet}`]),
  ];
}

/** Editions whose rows are not as the oracle says. When one that waits for nothing calls itself sent is its own affair. */
export function editionsDiffer({ editions }: Oracle, rows: Awaited<ReturnType<typeof editionRows>>): string[] {
  return rows.flatMap((row) => {
    const edition = editions.find((one) => one.uid === row.uid) as Edition;
    const about = `edition ${row.id}`;
    return [
      ...(row.status === edition.status ? [] : [`${about} is ${row.status} instead of ${edition.status}`]),
      ...(row.candidates === edition.candidates
        ? []
        : [`${about}: ${row.candidates} candidates instead of ${edition.candidates}`]),
    ];
  });
}

/** Everything else that has rows: counts, readers, consent, suppression, and who can be reached by none of them. */
export async function restDiffers(ctx: Context, oracle: Oracle): Promise<string[]> {
  return [
    ...(await countsDiffer(ctx, oracle)),
    ...(await readersDiffer(ctx, oracle)),
    ...(await bansDiffer(ctx, oracle)),
  ];
}

async function countsDiffer({ db }: Context, { editions, letters }: Oracle): Promise<string[]> {
  const tallies = await db
    .selectFrom("digest_tally")
    .innerJoin("digest", "digest.id", "digest_tally.digest_id")
    .select(["digest.uid", "digest_tally.status", "digest_tally.count"])
    .execute();
  const exclusions = await db
    .selectFrom("digest_exclusion")
    .innerJoin("digest", "digest.id", "digest_exclusion.digest_id")
    .select(["digest.uid", "digest_exclusion.reason", "digest_exclusion.count"])
    .execute();
  return editions.flatMap((edition) => {
    const mine = letters.filter((letter) => letter.edition === edition);
    const counted = tallies.filter((row) => row.uid === edition.uid && row.count !== 0);
    const out = exclusions.filter((row) => row.uid === edition.uid && row.count !== 0);
    const sum = mine.length + [...edition.excluded.values()].reduce((a, b) => a + b, 0);
    return [
      ...unequal("counts", shown(counted.map((row) => [row.status, row.count])), shown(tally(mine))),
      ...unequal("exclusions", shown(out.map((row) => [row.reason, row.count])), shown([...edition.excluded])),
      ...unequal("candidates", String(edition.candidates), String(sum)),
    ];
  });
}

function tally(letters: Letter[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { status } of letters) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts];
}

async function readersDiffer({ db }: Context, oracle: Oracle): Promise<string[]> {
  const rows = await db.selectFrom("subscriber").selectAll().orderBy("id").execute();
  const lines = await db.selectFrom("consent_event").select(["subscriber_id", "kind", "form"]).orderBy("id").execute();
  const found = rows.map((row) => {
    const ledger = lines.filter((line) => line.subscriber_id === row.id).map((line) => `${line.kind} ${line.form}`);
    const paused = Math.max(0, (row.paused_until ?? 0) - oracle.now());
    const topics = row.topics.split(",").filter(Boolean);
    return [row.id, row.status, topics, row.cadence, row.discreet, row.watermark, paused, row.soft_bounces, ledger];
  });
  const wanted = oracle.readers
    .toSorted((a, b) => a.id - b.id)
    .map((one) => {
      const paused = Math.max(0, one.pausedUntil - oracle.now());
      const discreet = one.discreet ? 1 : 0;
      return [one.id, one.status, one.topics, one.cadence, discreet, one.place, paused, one.softBounces, one.ledger];
    });
  return found.length === wanted.length
    ? found.flatMap((row, place) => unequal("reader", JSON.stringify(row), JSON.stringify(wanted[place])))
    : [`${found.length} readers instead of ${wanted.length}`];
}

async function bansDiffer({ db, vault }: Context, { suppressed }: Oracle): Promise<string[]> {
  const rows = await db
    .selectFrom("suppression")
    .select(["address_index", "reason"])
    .where("lifted_at", "is", null)
    .execute();
  const found = rows.map((row): [string, string] => [row.address_index, row.reason]);
  const wanted = [...suppressed].map(([address, reason]): [string, string] => [vault.index(address), reason]);
  return unequal("suppressions", shown(found), shown(wanted));
}

const shown = (pairs: [string, unknown][]) =>
  pairs
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(" ");

const unequal = (what: string, found: string, wanted: string) =>
  found === wanted ? [] : [`${what}: ${found} instead of ${wanted}`];
