import type { Db } from "../db/database.ts";
import { InvalidError } from "../errors.ts";
import { listTopics } from "./queries.ts";

/** Throws `InvalidError` that names the topics this site does not have, and those it has. */
export async function checkTopics(db: Db, slugs: string[]): Promise<void> {
  if (slugs.length === 0) return;
  const known = (await listTopics(db)).map((topic) => topic.slug);
  const unknown = slugs.filter((slug) => !known.includes(slug));
  if (unknown.length === 0) return;
  const text = `unknown topic ${unknown.map((slug) => JSON.stringify(slug.slice(0, 64))).join(", ")}; known are ${known.join(", ")}`;
  throw new InvalidError(`topics: ${text}`, [{ field: "topics", text }]);
}
