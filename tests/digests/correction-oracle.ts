import { readDeliveryTag } from "../../src/delivery/frozen-messages.ts";
import type { Accepted } from "../support/resend-double/index.ts";
import { type Life, type Marked, NAMES, whyOf } from "./correction-life.ts";
import { isNotice, nameOf } from "./correction-world.ts";

/** What one accepted message said, read from its words. */
interface Said {
  to: string;
  delivery: number;
  /** The place of the correction it is the notice of; null: it is an edition. */
  notice: number | null;
  /** Version numbers by article, -1 where it tells none. */
  tells: number[];
  /** Places of the corrections it says. */
  says: number[];
}

function read({ email, tags, ...message }: Accepted, marks: Marked[]): Said {
  const text = (email?.text ?? "").replaceAll("\r", "");
  const says = marks.filter(({ place }) => text.includes(whyOf(place))).map(({ place }) => place);
  const notice = isNotice({ email, tags, ...message } as Accepted) ? (says[0] ?? -1) : null;
  const told = (name: string) => Number(new RegExp(`^${name}, take (\\d+)$`, "m").exec(text)?.[1] ?? -1);
  return {
    to: nameOf(message as Accepted),
    delivery: readDeliveryTag(tags.delivery) ?? 0,
    notice,
    tells: NAMES.map(told),
    says,
  };
}

/** Whether a message tells what a correction is about, and not the correction. A notice says what stands after its own. */
function misleads(said: Said, { place, article, wrong }: Marked, marks: Marked[]): boolean {
  if (said.says.includes(place)) return false;
  if (said.notice === null) return wrong.includes(said.tells[article] ?? -1);
  const own = marks[said.notice];
  if (!own || own.article !== article || own.place > place) return false;
  return !own.wrong.includes(own.latest) && wrong.includes(own.latest);
}

/** Everything that is not as the rules of corrections say, in words; nothing when all is. */
export async function findFaults(life: Life): Promise<string[]> {
  const { world, marks, readers, retried } = life;
  const said = world.resend.messages().map((message) => read(message, marks));
  const cancelled = await cancelledDigests(life);
  const perhaps = await perhapsTold(life);
  const faults: string[] = [];
  for (const mark of marks) {
    for (const reader of readers) {
      const name = reader.address.split("@")[0] ?? "";
      const mine = said.filter((one) => one.to === name);
      const misled = mine.filter((one) => misleads(one, mark, marks));
      const notices = mine.filter((one) => one.notice === mark.place);
      const about = `${name}, correction ${mark.place}`;
      if (notices.length > 1) faults.push(`${about}: ${notices.length} notices`);
      if (notices.length > 0 && misled.length === 0 && !perhaps.has(reader.id))
        faults.push(`${about}: a notice though never told the mistake`);
      // A notice that failed and is sent again after a later correction is the one thing that no notice follows.
      const called =
        misled.some((one) => one.notice === null || !retried.has(one.delivery)) &&
        !reader.gone &&
        !cancelled.has(mark.digest);
      if (called && notices.length === 0) faults.push(`${about}: told the mistake and no notice`);
      if (reader.gone && notices.some((one) => !reader.frozenBefore.has(one.delivery)))
        faults.push(`${about}: a notice after they had gone`);
      const late = misled.filter((one) => one.notice === null && !(mark.frozen?.has(one.delivery) ?? true));
      if (late.length > 0) faults.push(`${about}: told the mistake after it was known`);
    }
  }
  return [...faults, ...(await toldTwice(life)), ...(await unsoundCounts(life))];
}

async function cancelledDigests({ world }: Life): Promise<Set<string>> {
  const rows = await world.ctx.db.selectFrom("digest").select("uid").where("status", "=", "cancelled").execute();
  return new Set(rows.map((row) => row.uid));
}

/** Readers with a letter of unknown outcome, in a digest that was cancelled before it was known: they count as told. */
async function perhapsTold({ world }: Life): Promise<Set<number>> {
  const rows = await world.ctx.db
    .selectFrom("delivery")
    .select("subscriber_id")
    .where("status", "=", "unknown")
    .execute();
  return new Set(rows.map((row) => row.subscriber_id));
}

/** Readers to whom two accepted messages told one event that is no correction. */
async function toldTwice({ world }: Life): Promise<string[]> {
  const { db } = world.ctx;
  const accepted = new Set(world.resend.messages().map(({ tags }) => readDeliveryTag(tags.delivery) ?? 0));
  const news = await db.selectFrom("article_event").select("seq").where("kind", "!=", "corrected").execute();
  const rows = await db
    .selectFrom("delivery")
    .innerJoin("variant", "variant.id", "delivery.variant_id")
    .select(["delivery.id", "delivery.subscriber_id", "variant.events"])
    .execute();
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const { id, subscriber_id, events } of rows.filter((row) => accepted.has(row.id))) {
    for (const seq of (JSON.parse(events) as number[]).filter((one) => news.some((event) => event.seq === one))) {
      if (seen.has(`${subscriber_id} ${seq}`))
        twice.push(`subscriber ${subscriber_id}: event ${seq} twice (delivery ${id})`);
      seen.add(`${subscriber_id} ${seq}`);
    }
  }
  return twice;
}

async function unsoundCounts({ world }: Life): Promise<string[]> {
  const { db } = world.ctx;
  const tallies = await db.selectFrom("digest_tally").selectAll().execute();
  const deliveries = await db.selectFrom("delivery").select(["digest_id", "status"]).execute();
  const faults: string[] = [];
  for (const { digest_id, status, count } of tallies) {
    const rows = deliveries.filter((row) => row.digest_id === digest_id && row.status === status);
    if (rows.length !== count) faults.push(`digest ${digest_id}: ${count} ${status} counted, ${rows.length} there`);
  }
  const ends = ["settled", "split", "unknown"] as const;
  const open = await db.selectFrom("batch").select("id").where("status", "not in", ends).execute();
  if (open.length > 0) faults.push(`${open.length} batches are open`);
  return faults;
}
