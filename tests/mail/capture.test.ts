import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openSqlite } from "../../src/db/sqlite.ts";
import { getCaptured, listCaptured } from "../../src/mail/captured.ts";
import type { Mailer } from "../../src/mail/mailer.ts";
import { openMailer } from "../../src/mail/open.ts";
import { openVault, type Vault } from "../../src/vault/index.ts";
import { sampleMessage } from "./samples.ts";

describe("the mailbox of captured messages", () => {
  let database: Database;
  let vault: Vault;
  let mailer: Mailer;
  const clock = () => 1_768_000_000_000;
  const send = (count: number, idempotencyKey: string) =>
    mailer.send(
      Array.from({ length: count }, (_, n) => sampleMessage({ subject: `${idempotencyKey} ${n}` })),
      { idempotencyKey, timeoutMs: 1000 },
    );
  const mailbox = () => ({ db: database.db, vault });

  beforeEach(async () => {
    database = openSqlite(":memory:");
    await migrate(database);
    vault = await openVault({ database, dataKeys: [randomBytes(32).toString("base64")], clock });
    mailer = await openMailer({ driver: "capture" }, { db: database.db, vault, clock });
  });
  afterEach(() => database.close());

  it("shows the newest first, page by page", async () => {
    await send(5, "batch-1");
    const first = await listCaptured(mailbox(), { limit: 2 });
    const second = await listCaptured(mailbox(), { limit: 2, before: first.at(-1)?.id ?? 0 });
    const subjects = [...first, ...second].map((mail) => mail.message.subject);
    expect(subjects).toEqual(["batch-1 4", "batch-1 3", "batch-1 2", "batch-1 1"]);
    expect(first[0]?.capturedAt).toBe(clock());
  });

  it("gives one message whole, and says when there is none", async () => {
    const message = sampleMessage({ replyTo: "desk@example.org" });
    await mailer.send([message], { idempotencyKey: "batch-1", timeoutMs: 1000 });
    const [newest] = await listCaptured(mailbox(), { limit: 1 });
    expect((await getCaptured(mailbox(), newest?.id ?? 0)).message).toEqual(message);
    for (const id of [99_999, Number.NaN, 1.5]) {
      await expect(getCaptured(mailbox(), id)).rejects.toMatchObject({ code: "not-found" });
    }
  });

  it("holds nothing in clear", async () => {
    await send(1, "batch-1");
    const rows = await database.db.selectFrom("captured_mail").selectAll().execute();
    expect(rows).toHaveLength(1);
    const bytes = Buffer.concat(rows.map((row) => row.message)).toString("latin1");
    expect(bytes).not.toMatch(/reader|example|batch-1 0/);
  });
});
