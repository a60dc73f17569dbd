import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/index.ts";
import { csv, line } from "../api/door.ts";
import { rss, startPublisher } from "../sources/publisher.ts";
import { articlePage } from "../support/article-page.ts";
import { installation, type Ran } from "./run-cli.ts";

let place: Awaited<ReturnType<typeof installation>>;
let cli: (...args: string[]) => Promise<Ran>;
beforeEach(async () => {
  place = await installation();
  cli = place.cli;
});
afterEach(() => place.remove());

async function write(name: string, text: string): Promise<string> {
  const path = join(place.folder, name);
  await writeFile(path, text);
  return path;
}

describe("the operator's tool", { timeout: 120_000 }, () => {
  it("says how it is used, and ends with 2 for what it does not understand", async () => {
    const bare = await cli();
    expect([bare.code, bare.out]).toEqual([2, expect.stringContaining("articles import FILE_OR_URL")]);
    for (const args of [["fly"], ["import"], ["migrate", "--force"], ["import", "a", "b"], ["migrate", "--loud"]]) {
      const said: string[] = [];
      const code = await runCli(args, {
        startWorkers: () => Promise.reject(new Error("no worker is needed")),
        out: (text) => said.push(`out: ${text}`),
        err: (text) => said.push(text),
      });
      expect([code, said]).toEqual([2, [expect.stringContaining("\n\nUsage: ")]]);
    }
  });

  it("names the variable that is wrong in one line, and ends with 1", async () => {
    const wrong = await installation({ PORT: "many" });
    const { code, err } = await wrong.cli("migrate");
    await wrong.remove();
    expect([code, err.trim().split("\n")]).toEqual([1, [expect.stringContaining("PORT")]]);
  });

  it("imports readers, takes an article in, sends the digest, and says so to programs", async () => {
    const readers = await write(
      "readers.csv",
      csv(line("ana@example.org"), "no address,,,,,2025-01-01,", line("ben@example.org")),
    );
    const imported = await cli("import", readers, "--json");
    expect([imported.code, imported.json]).toMatchObject([
      0,
      { imported: 2, unchanged: 0, refused: 1, errors: [{ line: 3 }] },
    ]);
    const page = await write("light.html", articlePage());
    const taken = await cli("articles", "import", page, "--url", "https://calm.example/morning-light", "--json");
    expect(taken.json).toMatchObject({
      version: 1,
      event: { seq: 1, kind: "published" },
      article: { slug: "morning-light" },
    });
    const sent = await cli("digests", "send", "--events", "new", "--json");
    expect(sent.json).toMatchObject({ status: "sent", counts: { candidates: 2, submitted: 2, queued: 0 } });
    const again = await cli("digests", "send", "--json");
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("nothing new")]);
    expect(again.json).toEqual({ error: { code: "conflict", message: expect.stringContaining("nothing new") } });
    for (const { out, err } of [imported, taken, sent, again]) expect(out + err).not.toContain("ana@");
  });

  it("follows a feed to the end, polls it, shows it and lets it go", async () => {
    const publisher = await startPublisher();
    const { origin } = publisher;
    publisher.put("/morning-light", articlePage());
    publisher.put("/feed.xml", rss(origin, [{ path: "/morning-light" }, { path: "/missing" }]));
    const followed = await cli("sources", "add", `${origin}/feed.xml`, "--json");
    expect([followed.code, followed.json]).toMatchObject([
      0,
      { created: true, events: [], source: { status: "ok", pages: { known: 2, taken: 1, gone: 1 } } },
    ]);
    const again = await cli("sources", "add", `${origin}/feed.xml`, "--no-backfill");
    expect([again.code, again.out]).toEqual([0, expect.stringContaining("followed already")]);
    publisher.put("/morning-light", articlePage({ reviewed: "January 9, 2026" }));
    const polled = await cli("sources", "poll", "--json");
    expect(polled.json).toMatchObject({ events: [{ kind: "re-reviewed", slug: "morning-light" }] });
    const { id } = (polled.json.sources as { id: string }[])[0] ?? { id: "" };
    await publisher.close();
    const failed = await cli("sources", "poll", id);
    expect([failed.code, failed.out]).toEqual([1, expect.stringMatching(/retrying .*\n.*could not be fetched/)]);
    expect((await cli("sources", "list")).out).toContain(`${id}  retrying`);
    expect((await cli("doctor")).out).toMatch(/^(?:ok|warn) +sources? /m);
    expect((await cli("sources", "remove", id)).code).toBe(0);
    expect((await cli("sources", "list", "--json")).json).toEqual({ sources: [] });
    expect((await cli("sources", "remove", id)).code).toBe(1);
  });

  it("exports what it imported, to a new file that only its owner reads, or to standard output", async () => {
    const readers = await write("readers.csv", csv(line("ana@example.org", "adhd")));
    await cli("import", readers);
    const file = join(place.folder, "out.csv");
    expect((await cli("export", file, "--json")).json).toMatchObject({ subscribers: 1 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const written = await readFile(file, "utf8");
    expect(written).toContain("ana@example.org,adhd,weekly");
    expect((await cli("export")).out).toBe(written);
    expect((await cli("export", file)).code).toBe(1);
    expect((await cli("import", file, "--json")).json).toMatchObject({ imported: 0, unchanged: 1 });
  });

  it("backs up a database and puts it back, but not over another one unless told to", async () => {
    await cli("import", await write("readers.csv", csv(line("ana@example.org"))));
    const file = join(place.folder, "backup.db");
    expect((await cli("backup", file)).code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await cli("backup", file)).code).toBe(1);
    await cli("import", await write("more.csv", csv(line("ben@example.org"))));
    const refused = await cli("restore", file);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("--force")]);
    expect((await cli("restore", file, "--force")).code).toBe(0);
    expect((await cli("export")).out.trim().split("\n")).toHaveLength(2);
    for (const [name, content] of [
      ["text.db", "no database"],
      ["half.db", (await readFile(file)).subarray(0, 5000)],
    ] as const) {
      const damaged = await write(name, "");
      await writeFile(damaged, content);
      expect((await cli("restore", damaged, "--force")).code).toBe(1);
    }
    expect((await cli("export")).out).toContain("ana@example.org");
  });

  it("does not restore a backup that the keys at hand cannot open", async () => {
    await cli("import", await write("readers.csv", csv(line("ana@example.org"))));
    const file = join(place.folder, "backup.db");
    await cli("backup", file);
    const other = await installation();
    const { code, err } = await other.cli("restore", file);
    await other.remove();
    expect([code, err]).toEqual([1, expect.stringContaining("DATA_KEYS")]);
  });

  it("gives and takes keys, and rotates those of the vault", async () => {
    await cli("import", await write("readers.csv", csv(line("ana@example.org"))));
    const added = await cli("editors", "add", "Newsroom", "--role", "editor", "--json");
    expect(added.json).toMatchObject({ name: "Newsroom", role: "editor", key: expect.stringMatching(/^hpn_/) });
    expect((await cli("editors", "add", "Newsroom", "--role", "king")).code).toBe(1);
    expect((await cli("editors", "revoke", "Newsroom")).code).toBe(0);
    expect((await cli("editors", "list", "--json")).json).toMatchObject({
      editors: [{ name: "Newsroom", revokedAt: expect.any(String) }],
    });
    expect((await cli("keys", "rotate", "--json")).json).toEqual({ addresses: 1 });
    expect((await cli("export")).out).toContain("ana@example.org");
    expect((await cli("suppressions", "lift", "ana@example.org", "--json")).json).toEqual({ lifted: false });
  });

  it("the doctor finds a trial well, and says what is wrong with an installation that is not", async () => {
    await cli("migrate");
    const well = await cli("doctor", "--json");
    expect([well.code, well.json.ok]).toEqual([0, true]);
    const states = (well.json.findings as { what: string; state: string }[]).map(
      ({ what, state }) => `${what} ${state}`,
    );
    for (const state of ["database ok", "migrations ok", "integrity ok", "keys ok", "mail warn"])
      expect(states).toContain(state);
    expect((await cli("doctor")).out).not.toMatch(/ledgers/);
    expect((await cli("doctor", "--ledgers")).out).toMatch(/^ok +ledgers +0 begun/m);
    const broken = await installation({
      DATABASE_URL: `sqlite:${join(place.folder, "data", "newsletter.db")}`,
      DATA_KEYS: Buffer.alloc(32, 1).toString("base64"),
      QUEUE_URL: "redis://127.0.0.1:1",
    });
    const ill = await broken.cli("doctor");
    await broken.remove();
    expect(ill.code).toBe(1);
    expect(ill.out).toMatch(/^fail +keys .*DATA_KEYS/m);
    expect(ill.out).toMatch(/^fail +queue .*QUEUE_URL/m);
  });

  it("lists what is due for review, and reminds the editors who want it", async () => {
    const page = await write("light.html", articlePage({ reviewed: "March 4, 2024" }));
    await cli("articles", "import", page, "--url", "https://calm.example/morning-light");
    const due = await cli("reviews", "due", "--json");
    expect(due.json).toMatchObject({ reviewMonths: 12, articles: [{ slug: "morning-light", since: "2024-03-04" }] });
    expect((await cli("reviews", "due")).out).toContain("reviewed on 2024-03-04");
    await cli("editors", "add", "Ana", "--role", "viewer");
    const wished = await cli("editors", "remind", "Ana", "ana@example.org", "--locale", "es", "--json");
    expect([wished.code, wished.json]).toEqual([0, { editor: "Ana", reminded: true }]);
    expect((await cli("editors", "remind", "Ben", "ben@example.org")).code).toBe(1);
    expect((await cli("editors", "remind", "Ana")).code).toBe(2);
    expect((await cli("editors", "remind", "Ana", "--stop")).out).toContain("no more reminders");
  });
});
