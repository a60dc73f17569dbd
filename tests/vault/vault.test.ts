import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { migrate } from "../../src/db/migrate.ts";
import { openSqlite } from "../../src/db/sqlite.ts";
import { openVault, rotateKeys } from "../../src/vault/index.ts";
import { testContext } from "../support/context.ts";

const newKey = () => randomBytes(32).toString("base64");
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function freshDatabase() {
  const database = openSqlite(":memory:");
  closing.push(database.close);
  await migrate(database);
  return database;
}

describe("the vault", () => {
  it("gives back what it sealed, and seals the same text differently each time", async () => {
    const vault = await openVault({ database: await freshDatabase(), dataKeys: [newKey()], clock: Date.now });
    const [one, two] = [vault.seal("ana@example.org"), vault.seal("ana@example.org")];
    expect(vault.open(one)).toBe("ana@example.org");
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
    expect(Buffer.from(one).includes("ana")).toBe(false);
  });

  it("refuses a sealed text in which one bit was changed, wherever it is", async () => {
    const vault = await openVault({ database: await freshDatabase(), dataKeys: [newKey()], clock: Date.now });
    const sealed = vault.seal("ana@example.org");
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = Uint8Array.from(sealed);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => vault.open(changed)).toThrow();
    }
  });

  it("gives one index for one address and different ones for different databases", async () => {
    const key = newKey();
    const one = await openVault({ database: await freshDatabase(), dataKeys: [key], clock: Date.now });
    const two = await openVault({ database: await freshDatabase(), dataKeys: [key], clock: Date.now });
    expect(one.index("ana@example.org")).toBe(one.index("ana@example.org"));
    expect(one.index("ana@example.org")).not.toBe(two.index("ana@example.org"));
    expect(one.index("ana@example.org")).not.toBe(one.fingerprint("limit", "ana@example.org"));
  });

  it("names the key that is malformed", async () => {
    const database = await freshDatabase();
    await expect(openVault({ database, dataKeys: [newKey(), "short"], clock: Date.now })).rejects.toThrow(
      /DATA_KEYS, key 2: expected base64 of 32 bytes/,
    );
  });

  it("refuses to open a database that was written with another key", async () => {
    const database = await freshDatabase();
    await openVault({ database, dataKeys: [newKey()], clock: Date.now });
    await expect(openVault({ database, dataKeys: [newKey()], clock: Date.now })).rejects.toThrow(
      /DATA_KEYS lacks the key/,
    );
  });

  it("makes its keys once when two processes open a new database together", async () => {
    const database = await freshDatabase();
    const dataKeys = [newKey()];
    const open = () => openVault({ database, dataKeys, clock: Date.now });
    const [one, two] = await Promise.all([open(), open()]);
    expect(two.open(one.seal("x"))).toBe("x");
    expect(await database.db.selectFrom("vault_key").selectAll().execute()).toHaveLength(3);
  });
});

describe("tokens", () => {
  const claims = {
    purpose: "unsubscribe",
    uid: "0123456789abcdef0123456789abcdef",
    issuedAt: 1_767_000_000_000,
  } as const;

  it("carry their claims, and are the same bytes when made again", async () => {
    const vault = await openVault({ database: await freshDatabase(), dataKeys: [newKey()], clock: Date.now });
    const token = vault.makeToken(claims);
    expect(vault.makeToken(claims)).toBe(token);
    expect(token).toMatch(/^[A-Za-z0-9_-]{59}$/);
    expect(vault.readToken("unsubscribe", token)).toEqual(claims);
  });

  it("of one purpose are worthless for another", async () => {
    const vault = await openVault({ database: await freshDatabase(), dataKeys: [newKey()], clock: Date.now });
    const token = vault.makeToken(claims);
    for (const purpose of ["confirm", "preferences", "not-me"] as const)
      expect(vault.readToken(purpose, token)).toBeNull();
  });

  it("with any character changed, cut or added are not genuine", async () => {
    const vault = await openVault({ database: await freshDatabase(), dataKeys: [newKey()], clock: Date.now });
    const token = vault.makeToken(claims);
    for (let place = 0; place < token.length; place += 1) {
      const other = token[place] === "A" ? "B" : "A";
      expect(vault.readToken("unsubscribe", token.slice(0, place) + other + token.slice(place + 1))).toBeNull();
    }
    for (const wrong of ["", token.slice(1), `${token}A`, `${token}=`, ` ${token}`]) {
      expect(vault.readToken("unsubscribe", wrong)).toBeNull();
    }
  });
});

describe("rotating keys", () => {
  it("keeps old links, addresses and indexes working after the old data key is gone", async () => {
    const database = await freshDatabase();
    const [oldKey, newest] = [newKey(), newKey()];
    const before = await openVault({ database, dataKeys: [oldKey], clock: Date.now });
    await database.db
      .insertInto("subscriber")
      .values({
        uid: "0123456789abcdef0123456789abcdef",
        status: "active",
        address: before.seal("ana@example.org"),
        address_index: before.index("ana@example.org"),
        created_at: 1,
      })
      .execute();
    const token = before.makeToken({ purpose: "unsubscribe", uid: "0123456789abcdef0123456789abcdef", issuedAt: 1 });
    const running = await openVault({ database, dataKeys: [newest, oldKey], clock: Date.now });
    const { ctx } = await testContext({ database, env: { DATA_KEYS: `${newest},${oldKey}` } });
    expect(await rotateKeys(ctx)).toEqual({ addresses: 1 });

    const after = await openVault({ database, dataKeys: [newest], clock: Date.now });
    const row = await database.db.selectFrom("subscriber").selectAll().executeTakeFirstOrThrow();
    expect(after.open(row.address as Uint8Array)).toBe("ana@example.org");
    expect(after.index("ana@example.org")).toBe(row.address_index);
    expect(after.readToken("unsubscribe", token)).not.toBeNull();
    expect(after.tokenKeyId).toBeGreaterThan(before.tokenKeyId);
    expect(() => running.open(row.address as Uint8Array)).toThrow("no such key");
    await running.ready();
    expect(running.open(row.address as Uint8Array)).toBe("ana@example.org");
  });
});
