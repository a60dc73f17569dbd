import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterEach, describe, expect, inject, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { openSqlite } from "../../src/db/sqlite.ts";
import { nudge, transaction } from "../../src/db/transaction.ts";
import { testContext } from "../support/context.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** An empty database, and a way to open it again as another process would. */
async function fresh(engine: "sqlite" | "postgres"): Promise<{ open: () => Database; url: string }> {
  if (engine === "postgres") {
    const url = await freshDatabaseUrl(inject);
    return { url, open: () => openPostgres(url) };
  }
  const folder = await mkdtemp(join(tmpdir(), "database-"));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "test.db");
  return { url: `sqlite:${path}`, open: () => openSqlite(path) };
}

async function opened(engine: "sqlite" | "postgres"): Promise<Database[]> {
  const { open } = await fresh(engine);
  const databases = [open(), open()];
  closing.push(...databases.map((database) => database.close));
  await migrate(databases[0] as Database);
  return databases;
}

const suppression = (name: string) => ({ address_index: name, reason: "manual", created_at: Date.now() }) as const;

describe.each(["sqlite", "postgres"] as const)("the database on %s", (engine) => {
  it("is migrated once when two processes start together, and again changes nothing", async () => {
    const { url, open } = await fresh(engine);
    const child = fileURLToPath(new URL("migrate-child.ts", import.meta.url));
    const applied = await Promise.all(
      [1, 2, 3].map(async () => {
        const process = fork(child, [url], { execArgv: ["--import", "tsx"] });
        const [names] = (await once(process, "message")) as [string[]];
        return names;
      }),
    );
    const database = open();
    closing.push(database.close);
    const known = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(database.db);
    expect(applied.flat().sort()).toEqual(known.rows.map((row) => row.name));
    expect(await migrate(database)).toEqual([]);
  });

  it("keeps bytes, large times and empty values as they were written", async () => {
    const [{ db }] = (await opened(engine)) as [Database];
    const address = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const time = 253_402_300_799_999;
    await db
      .insertInto("subscriber")
      .values({ uid: "u", status: "active", address, address_index: "i", created_at: time })
      .execute();
    const row = await db.selectFrom("subscriber").selectAll().executeTakeFirstOrThrow();
    expect(Uint8Array.from(row.address ?? [])).toEqual(address);
    expect([row.created_at, row.confirmed_at, row.topics, row.discreet, row.watermark]).toEqual([time, null, "", 0, 0]);
  });

  it("tells a broken unique constraint from other errors", async () => {
    const [{ db, engine: own }] = (await opened(engine)) as [Database];
    await db.insertInto("suppression").values(suppression("a")).execute();
    const again = await db
      .insertInto("suppression")
      .values(suppression("a"))
      .execute()
      .catch((error: unknown) => error);
    const other = await sql`select * from nowhere`.execute(db).catch((error: unknown) => error);
    expect([own.isUniqueViolation(again), own.isUniqueViolation(other)]).toEqual([true, false]);
  });

  it("undoes the whole transaction when a part of it fails", async () => {
    const [{ db }] = (await opened(engine)) as [Database];
    const failing = db.transaction().execute(async (tx) => {
      await tx.insertInto("suppression").values(suppression("a")).execute();
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await db.selectFrom("suppression").selectAll().execute()).toEqual([]);
  });

  it("lets two connections read and then write without either failing", async () => {
    const [one, two] = (await opened(engine)) as [Database, Database];
    const countUp = (database: Database) =>
      database.db.transaction().execute(async (tx) => {
        await database.engine.serialise(tx, "count");
        const rows = await tx.selectFrom("suppression").select("address_index").execute();
        await tx
          .insertInto("suppression")
          .values(suppression(`n${rows.length}`))
          .execute();
      });
    for (let turn = 0; turn < 20; turn += 1) await Promise.all([countUp(one), countUp(two)]);
    expect(await one.db.selectFrom("suppression").selectAll().execute()).toHaveLength(40);
  });

  it("says how large it is", async () => {
    const [{ db, engine: own }] = (await opened(engine)) as [Database];
    expect(await own.size(db)).toBeGreaterThan(10_000);
  });
});

describe("the SQLite file", () => {
  it("writes ahead, reaches the disk at every commit, and overwrites what is deleted", async () => {
    const [{ db }] = (await opened("sqlite")) as [Database];
    const pragma = async (name: string) =>
      Object.values((await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];
    expect(await pragma("journal_mode")).toBe("wal");
    expect(await pragma("synchronous")).toBe(2);
    expect(await pragma("foreign_keys")).toBe(1);
    expect(await pragma("secure_delete")).toBe(1);
  });
});

describe("a transaction", () => {
  it("that met a deadlock on PostgreSQL is run again, and what it nudged is nudged once", async () => {
    const { ctx, jobs, close } = await testContext({ env: { DATABASE_URL: await freshDatabaseUrl(inject) } });
    closing.push(close);
    for (const name of ["a", "b"]) await ctx.db.insertInto("suppression").values(suppression(name)).execute();
    const meeting = barrier(2);
    const lockBoth = (first: string, second: string) =>
      transaction(ctx, async (tx) => {
        const touch = (name: string) =>
          tx.db.updateTable("suppression").set({ created_at: 1 }).where("address_index", "=", name).execute();
        await touch(first);
        await meeting();
        await touch(second);
        await nudge(tx, { name: "sweep", key: first });
      });
    await Promise.all([lockBoth("a", "b"), lockBoth("b", "a")]);
    expect(jobs.map((job) => job.key).sort()).toEqual(["a", "b"]);
  });
});

describe("SQLite transactions that come together", () => {
  async function together() {
    const { ctx, jobs, close } = await testContext({});
    closing.push(close);
    const add = (name: string, end?: () => void) =>
      transaction(ctx, async (tx) => {
        await tx.db.insertInto("suppression").values(suppression(name)).execute();
        await nudge(tx, { name: "sweep", key: name });
        end?.();
        return name;
      });
    const names = async () => {
      const rows = await ctx.db.selectFrom("suppression").select("address_index").orderBy("address_index").execute();
      return rows.map((row) => row.address_index);
    };
    return { ctx, jobs, add, names };
  }

  it("each undo only their own part, and nudge only what was committed", async () => {
    const { jobs, add, names } = await together();
    const fail = () => {
      throw new Error("no");
    };
    const ended = await Promise.allSettled([add("a"), add("b", fail), add("a"), add("c")]);
    expect(ended.map((one) => one.status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(await names()).toEqual(["a", "c"]);
    expect(jobs.map((job) => job.key)).toEqual(["a", "c"]);
  });

  it("see what those before them wrote", async () => {
    const { ctx, add } = await together();
    const many = Array.from({ length: 40 }, (_, place) => add(`n${place}`));
    const counting = transaction(ctx, (tx) => tx.db.selectFrom("suppression").select("address_index").execute());
    await Promise.all(many);
    expect(await counting).toHaveLength(40);
  });

  it("all fail, and nothing is nudged, when the commit does", async () => {
    const { ctx, jobs, add, names } = await together();
    const breaking = transaction(ctx, async (tx) => {
      await sql`pragma defer_foreign_keys = on`.execute(tx.db);
      await tx.db.insertInto("digest_event").values({ digest_id: 1, seq: 1 }).execute();
    });
    const ended = await Promise.allSettled([add("a"), breaking, add("b")]);
    expect(ended.map((one) => one.status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await names()).toEqual([]);
    expect(jobs).toEqual([]);
    expect(await add("c")).toBe("c");
  });
});

/** Lets nobody past until so many have come; whoever comes later passes. */
function barrier(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let come = 0;
  return () => {
    come += 1;
    if (come >= count) for (const pass of waiting.splice(0)) pass();
    return come >= count ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
  };
}
