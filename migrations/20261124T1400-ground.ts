import { type Kysely, sql } from "kysely";
import { columnsFor } from "./columns.ts";

/** The whole first schema: readers and consent, articles, digests, delivery, keys, editors. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await readers(db);
  await keysAndEditors(db);
  await articles(db);
  await digests(db);
  await delivery(db);
}

async function readers(db: Kysely<unknown>): Promise<void> {
  const { int, bytes, withId } = columnsFor(db);
  await db.schema
    .createTable("topic")
    .addColumn("slug", "text", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("group_name", "text", (c) => c.notNull())
    .addColumn("position", "integer", (c) => c.notNull())
    .execute();
  await withId(db.schema.createTable("subscriber"))
    .addColumn("uid", "text", (c) => c.notNull().unique())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("address", bytes)
    .addColumn("address_index", "text", (c) => c.unique())
    .addColumn("topics", "text", (c) => c.notNull().defaultTo(""))
    .addColumn("cadence", "text", (c) => c.notNull().defaultTo("weekly"))
    .addColumn("timezone", "text", (c) => c.notNull().defaultTo("UTC"))
    .addColumn("locale", "text", (c) => c.notNull().defaultTo("en"))
    .addColumn("discreet", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("watermark", int, (c) => c.notNull().defaultTo(0))
    .addColumn("paused_until", int)
    .addColumn("source", "text")
    .addColumn("soft_bounces", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("confirmed_at", int)
    .addColumn("left_at", int)
    .execute();
  await db.schema
    .createIndex("subscriber_pending")
    .on("subscriber")
    .column("created_at")
    .where(sql.ref("status"), "=", sql.lit("pending"))
    .execute();
  await withId(db.schema.createTable("subscription_request"))
    .addColumn("address", bytes, (c) => c.notNull())
    .addColumn("address_index", "text", (c) => c.notNull())
    .addColumn("request", "text", (c) => c.notNull())
    .addColumn("requested_at", int, (c) => c.notNull())
    .execute();
  await withId(db.schema.createTable("rate_hit"))
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("at", int, (c) => c.notNull())
    .execute();
  await db.schema.createIndex("rate_hit_key").on("rate_hit").columns(["key", "at"]).execute();
  await withId(db.schema.createTable("consent_event"))
    .addColumn("subscriber_id", int, (c) => c.notNull().references("subscriber.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("at", int, (c) => c.notNull())
    .addColumn("wording", "text")
    .addColumn("form", "text", (c) => c.notNull())
    .addColumn("detail", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("consent_event_subscriber").on("consent_event").column("subscriber_id").execute();
  await db.schema
    .createTable("consent_wording")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("locale", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("first_used_at", int, (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("suppression")
    .addColumn("address_index", "text", (c) => c.primaryKey())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("lifted_at", int)
    .execute();
}

async function keysAndEditors(db: Kysely<unknown>): Promise<void> {
  const { int, bytes, withId } = columnsFor(db);
  await withId(db.schema.createTable("vault_key"))
    .addColumn("purpose", "text", (c) => c.notNull())
    .addColumn("wrapped", bytes, (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();
  await withId(db.schema.createTable("editor"))
    .addColumn("name", "text", (c) => c.notNull().unique())
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("key_hash", "text", (c) => c.notNull().unique())
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("revoked_at", int)
    .execute();
}

async function articles(db: Kysely<unknown>): Promise<void> {
  const { int, withId } = columnsFor(db);
  await withId(db.schema.createTable("article"))
    .addColumn("slug", "text", (c) => c.notNull().unique())
    .addColumn("url", "text", (c) => c.notNull().unique())
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();
  await withId(db.schema.createTable("article_version"))
    .addColumn("article_id", int, (c) => c.notNull().references("article.id"))
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("content_hash", "text", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("summary", "text")
    .addColumn("published_on", "text")
    .addColumn("updated_on", "text")
    .addColumn("reviewed_on", "text")
    .addColumn("reviewers", "text", (c) => c.notNull())
    .addColumn("reading_minutes", "integer")
    .addColumn("reference_list", "text", (c) => c.notNull())
    .addColumn("topics", "text", (c) => c.notNull())
    .addColumn("sections", "text", (c) => c.notNull())
    .addColumn("taken_at", int, (c) => c.notNull())
    .addUniqueConstraint("article_version_number", ["article_id", "number"])
    .execute();
  await db.schema
    .createTable("article_event")
    .addColumn("seq", int, (c) => c.primaryKey())
    .addColumn("article_id", int, (c) => c.notNull().references("article.id"))
    .addColumn("version_id", int, (c) => c.notNull().references("article_version.id"))
    .addColumn("previous_version_id", int, (c) => c.references("article_version.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("changes", "text")
    .addColumn("topics", "text", (c) => c.notNull())
    .addColumn("note", "text")
    .addColumn("severity", "text")
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();
  await db.schema.createIndex("article_event_article").on("article_event").column("article_id").execute();
}

async function digests(db: Kysely<unknown>): Promise<void> {
  const { int, withId } = columnsFor(db);
  await withId(db.schema.createTable("digest"))
    .addColumn("uid", "text", (c) => c.notNull().unique())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("mode", "text", (c) => c.notNull())
    .addColumn("upto_seq", int)
    .addColumn("subject", "text")
    .addColumn("intro", "text")
    .addColumn("cadence", "text")
    .addColumn("timezones", "text")
    .addColumn("automatic", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("send_at", int)
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("started_at", int)
    .addColumn("finished_at", int)
    .addColumn("planned_to", int, (c) => c.notNull().defaultTo(0))
    .addColumn("planned_at", int)
    .addColumn("candidates", int, (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable("digest_event")
    .addColumn("digest_id", int, (c) => c.notNull().references("digest.id"))
    .addColumn("seq", int, (c) => c.notNull().references("article_event.seq"))
    .addPrimaryKeyConstraint("digest_event_pk", ["digest_id", "seq"])
    .execute();
  await db.schema.createIndex("digest_event_seq").on("digest_event").column("seq").execute();
  await counter(db, "digest_exclusion", "reason").execute();
  await counter(db, "digest_tally", "status").execute();
  await db.schema
    .createTable("schedule_run")
    .addColumn("cadence", "text", (c) => c.notNull())
    .addColumn("timezone", "text", (c) => c.notNull())
    .addColumn("edition", "text", (c) => c.notNull())
    .addColumn("digest_id", int, (c) => c.references("digest.id"))
    .addColumn("created_at", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("schedule_run_pk", ["cadence", "timezone", "edition"])
    .execute();
}

function counter(db: Kysely<unknown>, table: string, of: string) {
  const { int } = columnsFor(db);
  return db.schema
    .createTable(table)
    .addColumn("digest_id", int, (c) => c.notNull().references("digest.id"))
    .addColumn(of, "text", (c) => c.notNull())
    .addColumn("count", int, (c) => c.notNull().defaultTo(0))
    .addPrimaryKeyConstraint(`${table}_pk`, ["digest_id", of as never]);
}

async function delivery(db: Kysely<unknown>): Promise<void> {
  const { int, bytes, withId } = columnsFor(db);
  await withId(db.schema.createTable("variant"))
    .addColumn("digest_id", int, (c) => c.references("digest.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("locale", "text", (c) => c.notNull())
    .addColumn("discreet", "integer", (c) => c.notNull())
    .addColumn("events", "text", (c) => c.notNull())
    .addColumn("from_mailbox", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("html", "text", (c) => c.notNull())
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("headers", "text", (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("variant_of_digest")
    .unique()
    .on("variant")
    .columns(["digest_id", "key"])
    .where(sql.ref("digest_id"), "is not", null)
    .execute();
  await db.schema
    .createIndex("variant_of_single_mail")
    .unique()
    .on("variant")
    .columns(["kind", "key"])
    .where(sql.ref("digest_id"), "is", null)
    .execute();
  await withId(db.schema.createTable("batch"))
    .addColumn("uid", "text", (c) => c.notNull().unique())
    .addColumn("digest_id", int, (c) => c.references("digest.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("priority", "integer", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("frozen_at", int)
    .addColumn("token_key_id", int)
    .addColumn("transport", "text")
    .addColumn("unsettled_since", int)
    .addColumn("lease_until", int)
    .addColumn("next_attempt_at", int)
    .addColumn("reason", "text")
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("settled_at", int)
    .execute();
  await db.schema
    .createIndex("batch_open")
    .on("batch")
    .columns(["status", "created_at"])
    .where(sql.ref("status"), "in", sql`('filling', 'queued', 'sending', 'unknown')`)
    .execute();
  await db.schema.createIndex("batch_digest").on("batch").columns(["digest_id", "status"]).execute();
  await withId(db.schema.createTable("delivery"))
    .addColumn("digest_id", int, (c) => c.references("digest.id"))
    .addColumn("subscriber_id", int, (c) => c.notNull().references("subscriber.id"))
    .addColumn("variant_id", int, (c) => c.notNull().references("variant.id"))
    .addColumn("batch_id", int, (c) => c.notNull().references("batch.id"))
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("address", bytes)
    .addColumn("provider_id", "text")
    .addColumn("submitted_at", int)
    .addColumn("event_at", int)
    .execute();
  await db.schema
    .createIndex("delivery_once")
    .unique()
    .on("delivery")
    .columns(["digest_id", "subscriber_id"])
    .where(sql.ref("digest_id"), "is not", null)
    .execute();
  await db.schema.createIndex("delivery_batch").on("delivery").column("batch_id").execute();
  await db.schema.createIndex("delivery_subscriber").on("delivery").column("subscriber_id").execute();
  await withId(db.schema.createTable("provider_event"))
    .addColumn("provider_event_id", "text", (c) => c.notNull().unique())
    .addColumn("event", "text", (c) => c.notNull())
    .addColumn("received_at", int, (c) => c.notNull())
    .addColumn("applied_at", int)
    .execute();
  await db.schema
    .createIndex("provider_event_waiting")
    .on("provider_event")
    .column("id")
    .where(sql.ref("applied_at"), "is", null)
    .execute();
  await withId(db.schema.createTable("captured_mail"))
    .addColumn("key", "text", (c) => c.notNull().unique())
    .addColumn("message", bytes, (c) => c.notNull())
    .addColumn("captured_at", int, (c) => c.notNull())
    .execute();
}
