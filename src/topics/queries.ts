import type { Selectable } from "kysely";
import type { Db } from "../db/database.ts";
import type { TopicTable } from "./table.ts";

export type Topic = Selectable<TopicTable>;

/** The site's topics in their own order. */
export function listTopics(db: Db): Promise<Topic[]> {
  return db.selectFrom("topic").selectAll().orderBy("position").execute();
}
