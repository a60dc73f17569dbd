import type { Kysely } from "kysely";
import { columnsFor } from "./columns.ts";

/** Corrections, the versions that each is about, and which version every rendering carried to its readers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int } = columnsFor(db);
  await db.schema
    .createTable("correction")
    .addColumn("seq", int, (c) => c.primaryKey().references("article_event.seq"))
    .addColumn("fingerprint", "text", (c) => c.notNull().unique())
    .addColumn("wrong", "text", (c) => c.notNull())
    .addColumn("correct", "text", (c) => c.notNull())
    .addColumn("why", "text")
    .addColumn("passage", "text")
    .addColumn("editor_id", int, (c) => c.references("editor.id"))
    .addColumn("digest_id", int, (c) => c.references("digest.id"))
    .execute();
  await db.schema
    .createTable("correction_version")
    .addColumn("seq", int, (c) => c.notNull().references("correction.seq"))
    .addColumn("version_id", int, (c) => c.notNull().references("article_version.id"))
    .addPrimaryKeyConstraint("correction_version_pk", ["seq", "version_id"])
    .execute();
  await db.schema.createIndex("correction_version_version").on("correction_version").column("version_id").execute();
  await db.schema
    .createTable("variant_version")
    .addColumn("variant_id", int, (c) => c.notNull().references("variant.id"))
    .addColumn("version_id", int, (c) => c.notNull().references("article_version.id"))
    .addPrimaryKeyConstraint("variant_version_pk", ["variant_id", "version_id"])
    .execute();
  await db.schema.createIndex("variant_version_version").on("variant_version").column("version_id").execute();
  await db.schema.alterTable("variant").addColumn("replaced_by", int).execute();
  await noteCarriedVersions(db as Kysely<Before>);
}

interface Before {
  variant: { id: number; digest_id: number | null; events: string };
  article_event: { seq: number; article_id: number; version_id: number };
  variant_version: { variant_id: number; version_id: number };
}

/** What earlier renderings carried: of each article the version that its last event in the rendering tells. */
async function noteCarriedVersions(db: Kysely<Before>): Promise<void> {
  const events = await db.selectFrom("article_event").selectAll().orderBy("seq").execute();
  const known = new Map(events.map((event) => [event.seq, event]));
  const variants = await db.selectFrom("variant").select(["id", "events"]).where("digest_id", "is not", null).execute();
  for (const { id, events: list } of variants) {
    const seqs = (JSON.parse(list) as number[]).sort((a, b) => a - b);
    const last = new Map(seqs.flatMap((seq) => known.get(seq) ?? []).map((one) => [one.article_id, one.version_id]));
    const rows = [...new Set(last.values())].map((version_id) => ({ variant_id: id, version_id }));
    if (rows.length > 0) await db.insertInto("variant_version").values(rows).execute();
  }
}
