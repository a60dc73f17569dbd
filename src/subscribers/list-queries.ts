import type { Insertable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { Subscriber } from "./queries.ts";
import type { SubscriberTable } from "./table.ts";
import type { SubscriberStatus } from "./words.ts";

export type Known = Pick<Subscriber, "id" | "status" | "left_at">;

/** The readers among these blind indexes, locked for the rest of the transaction. */
export async function knownAmong(tx: Tx, engine: Engine, indexes: string[]): Promise<Map<string, Known>> {
  if (indexes.length === 0) return new Map();
  const rows = await tx
    .selectFrom("subscriber")
    .select(["id", "status", "left_at", "address_index"])
    .where("address_index", "in", indexes)
    .orderBy("id")
    .$if(engine.locksRows, (query) => query.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.address_index ?? "", row]));
}

/** Inserts readers and gives their ids by blind index. An address that got in meanwhile is left out. */
export async function insertImported(tx: Tx, rows: Insertable<SubscriberTable>[]): Promise<Map<string, number>> {
  const added = await tx
    .insertInto("subscriber")
    .values(rows)
    .onConflict((conflict) => conflict.column("address_index").doNothing())
    .returning(["id", "address_index"])
    .execute();
  return new Map(added.map((row) => [row.address_index ?? "", row.id]));
}

export interface SubscriberFilter {
  status: SubscriberStatus | null;
  topic: string | null;
}

/** Subscribers in key order. A reader of every topic is a reader of any. */
export function pageOfSubscribers(
  db: Db,
  filter: SubscriberFilter,
  after: number,
  limit: number,
): Promise<Subscriber[]> {
  return db
    .selectFrom("subscriber")
    .selectAll()
    .where("id", ">", after)
    .$if(filter.status !== null, (query) => query.where("status", "=", filter.status ?? "active"))
    .$if(filter.topic !== null, (query) =>
      query.where((eb) => eb.or([eb("topics", "=", ""), eb("topics", "like", `%,${filter.topic},%`)])),
    )
    .orderBy("id")
    .limit(limit)
    .execute();
}

export function findByIndex(db: Db, addressIndex: string): Promise<Subscriber | undefined> {
  return db.selectFrom("subscriber").selectAll().where("address_index", "=", addressIndex).executeTakeFirst();
}

export function countByStatus(db: Db): Promise<{ status: SubscriberStatus; count: number }[]> {
  return db
    .selectFrom("subscriber")
    .select((eb) => ["status", eb.fn.countAll<number>().as("count")])
    .groupBy("status")
    .execute();
}
