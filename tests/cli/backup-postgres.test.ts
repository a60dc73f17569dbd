import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { csv, line } from "../api/door.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { installation } from "./run-cli.ts";

it("backs PostgreSQL up and puts it back, but not over another database unless told to", {
  timeout: 120_000,
}, async () => {
  const DATA_KEYS = Buffer.alloc(32, 9).toString("base64");
  const { folder, cli, remove } = await installation({
    DATABASE_URL: await freshDatabaseUrl(inject),
    DATA_KEYS,
    ADMIN_API_KEY: "x".repeat(24),
  });
  const [readers, more, file] = ["readers.csv", "more.csv", "backup.dump"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(readers, csv(line("ana@example.org")));
  await writeFile(more, csv(line("ben@example.org")));
  await cli("import", readers);
  const saved = await cli("backup", file);
  expect([saved.code, saved.err]).toEqual([0, ""]);
  await cli("import", more);
  expect((await cli("restore", file)).code).toBe(1);
  const restored = await cli("restore", file, "--force");
  expect([restored.code, restored.err]).toEqual([0, ""]);
  const { out } = await cli("export");
  expect(out.trim().split("\n")).toEqual([expect.stringMatching(/^email/), expect.stringMatching(/^ana@/)]);
  await remove();
});
