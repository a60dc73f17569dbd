import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { publishArticles } from "../support/editions.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { type Answer, type Door, openDoor } from "./door.ts";

const CSV = { accept: "text/csv" };
const LINES = { accept: "application/x-ndjson" };
const HEAD = "id,subscriber,status,reason,providerId,submittedAt,eventAt";

interface Line {
  id: number | null;
  subscriber: string;
  status: string;
  reason: string | null;
}

describe.each(["sqlite", "postgres"])("the ledger by API on %s", (engine) => {
  let door: Door;
  let path: string;

  /** 30 readers who get it, 25 with nothing new and 5 who pause; handed over. */
  beforeEach(async () => {
    door = await openDoor(engine === "postgres" ? { env: { DATABASE_URL: await freshDatabaseUrl(inject) } } : {});
    const addresses = manyAddresses(60);
    await addReaders(door.ctx, addresses.slice(0, 30));
    await addReaders(door.ctx, addresses.slice(30, 55), { topics: ["adhd"] });
    await addReaders(door.ctx, addresses.slice(55), { pausedUntil: door.clock() + 1 });
    await publishArticles(door.ctx);
    const { json } = await door.api("POST", "/digests");
    await door.api("POST", `/digests/${json.id}/send`);
    await door.work();
    path = `/digests/${json.id}/deliveries`;
  });
  afterEach(() => door.close());

  const linesOf = ({ text }: Answer) =>
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);

  async function paged(query: string): Promise<Line[]> {
    const lines: Line[] = [];
    for (let cursor = ""; ; ) {
      const { json } = await door.api("GET", `${path}?limit=7${query}${cursor}`);
      lines.push(...(json.deliveries as Line[]));
      if (json.next === null) return lines;
      cursor = `&cursor=${json.next}`;
    }
  }

  it("with those left out holds each candidate exactly once, in pages, as CSV and as JSON lines", async () => {
    const lines = linesOf(await door.api("GET", `${path}?include=excluded`, { headers: LINES }));
    const subscribers = await door.ctx.db.selectFrom("subscriber").select("uid").execute();
    expect(lines.map((line) => line.subscriber).sort()).toEqual(subscribers.map((row) => row.uid).sort());
    expect(lines.filter((line) => line.reason === "nothing-new")).toHaveLength(25);
    expect(lines.filter((line) => line.reason === "paused")).toHaveLength(5);
    expect(await paged("&include=excluded")).toEqual(lines);
    const csv = await door.api("GET", `${path}?include=excluded`, { headers: CSV });
    const rows = parse(csv.text, { columns: true }) as Record<keyof Line, string>[];
    expect(rows.map((row) => [row.subscriber, row.status, row.reason])).toEqual(
      lines.map((line) => [line.subscriber, line.status, line.reason ?? ""]),
    );
    expect(await paged("&status=excluded")).toEqual(lines.slice(30));
    expect(await paged("")).toEqual(lines.slice(0, 30));
  });

  it("as CSV ends lines as RFC 4180 has it, quotes the provider's words, and runs nothing in a spreadsheet", async () => {
    const words = '=HYPERLINK("https://evil.example"), said\r\n"422"';
    await door.ctx.db.updateTable("delivery").set({ status: "failed", reason: words }).where("id", "=", 1).execute();
    const { text } = await door.api("GET", `${path}?status=failed`, { headers: CSV });
    expect(text.startsWith(`${HEAD}\r\n`)).toBe(true);
    expect(text.endsWith("\r\n")).toBe(true);
    expect(text).toContain(`,"'=HYPERLINK(""https://evil.example""), said\r\n""422""",`);
    expect(parse(text, { columns: true })).toMatchObject([{ id: "1", status: "failed", reason: `'${words}` }]);
  });

  it("refuses a cursor, a state and a part that are none", async () => {
    for (const query of ["cursor=e1", "status=lost", "include=everyone"]) {
      expect((await door.api("GET", `${path}?${query}`)).status).toBe(422);
    }
    expect((await door.api("GET", "/digests/unknown/deliveries", { headers: CSV })).status).toBe(404);
  });
});

describe("a long ledger", () => {
  it("is read from the database no faster than the client takes it", async () => {
    const door = await openDoor();
    await addReaders(door.ctx, manyAddresses(5500));
    await addReaders(
      door.ctx,
      manyAddresses(2000).map((address) => `quiet-${address}`),
      { topics: ["adhd"] },
    );
    await publishArticles(door.ctx);
    const { json } = await door.api("POST", "/digests");
    await door.api("POST", `/digests/${json.id}/send`);
    await door.work();
    const [pages, ctx] = watched(door);
    const response = await createApp(ctx).request(`/api/v1/digests/${json.id}/deliveries?include=excluded`, {
      headers: { authorization: "Bearer test-admin-key-0123456789", ...LINES },
    });
    const reader = response.body?.getReader();
    await reader?.read();
    expect(pages()).toBeLessThanOrEqual(4);
    let bytes = 0;
    let lines = 1000;
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      bytes = Math.max(bytes, piece.value.length);
      lines += new TextDecoder().decode(piece.value).split("\n").length - 1;
    }
    expect(lines).toBe(7500);
    expect(bytes).toBeLessThan(400_000);
    await door.close();
  });
});

/** A context that counts how many pages of a ledger were asked for. */
function watched({ ctx }: Door): [() => number, Door["ctx"]] {
  let count = 0;
  const db = ctx.db.withPlugin({
    transformQuery: ({ node }) => {
      if (JSON.stringify(node).includes('"provider_id"')) count += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return [() => count, { ...ctx, db }];
}

describe("GET /api/v1/subscribers/:id/digests", () => {
  it("says of each digest why the reader did or did not get it, newest first", async () => {
    const door = await openDoor();
    const { ctx, clock } = door;
    await publishArticles(ctx);
    const [ana = 0, ben = 0, eva = 0] = [
      ...(await addReaders(ctx, ["ana@example.org"])),
      ...(await addReaders(ctx, ["ben@example.org"], { topics: ["adhd"], cadence: "daily" })),
      ...(await addReaders(ctx, ["eva@example.org"], { pausedUntil: clock() + 5000 })),
    ];
    const send = async (body: object) => {
      const { json } = await door.api("POST", "/digests", { body });
      await door.api("POST", `/digests/${json.id}/send`);
      await door.work();
      return json.id;
    };
    const first = await send({ events: [1] });
    clock.advance(10_000);
    const [zoe = 0] = await addReaders(ctx, ["zoe@example.org"]);
    const second = await send({ events: [1, 2] });
    const uids = new Map(
      (await ctx.db.selectFrom("subscriber").select(["id", "uid"]).execute()).map((r) => [r.id, r.uid]),
    );
    const told = async (id: number, query = "") =>
      (await door.api("GET", `/subscribers/${uids.get(id)}/digests${query}`)).json;
    const short = async (id: number) =>
      ((await told(id)).digests as { digest: { id: string }; outcome: string; reason: string; text: string }[]).map(
        ({ digest, outcome, reason, text }) => [digest.id, outcome, reason, text],
      );
    const taken = "The provider took it; whether it arrived is not known yet.";
    expect(await short(ana)).toEqual([
      [second, "submitted", null, taken],
      [first, "submitted", null, taken],
    ]);
    expect(await short(ben)).toEqual([
      [second, "excluded", "nothing-new", "Left out: this reader has nothing new in it."],
      [first, "excluded", "nothing-new", "Left out: this reader has nothing new in it."],
    ]);
    expect(await short(eva)).toEqual([
      [second, "submitted", null, taken],
      [first, "excluded", "paused", "Left out: this reader has paused."],
    ]);
    expect(await short(zoe)).toEqual([
      [second, "submitted", null, taken],
      [first, "not-a-candidate", "joined-later", "Confirmed only after it had begun."],
    ]);
    await ctx.db.updateTable("digest").set({ cadence: "weekly" }).where("id", "=", 1).execute();
    await ctx.db
      .deleteFrom("digest_exclusion_page")
      .where("digest_id", "=", 1)
      .where("reason", "=", "nothing-new")
      .execute();
    expect((await short(ben))[1]?.slice(1, 3)).toEqual(["not-a-candidate", "other-cadence"]);
    await ctx.db.deleteFrom("digest_exclusion_page").where("digest_id", "=", 1).execute();
    expect((await short(ben))[1]?.slice(1, 3)).toEqual(["not-recorded", null]);
    const page = await told(ana, "?limit=1");
    expect(page.digests).toMatchObject([{ digest: { id: second } }]);
    expect((await told(ana, `?limit=1&cursor=${page.next}`)).digests).toMatchObject([{ digest: { id: first } }]);
    expect((await door.api("GET", "/subscribers/unknown/digests")).status).toBe(404);
    expect((await door.api("GET", `/subscribers/${uids.get(ana)}/digests`, { key: null })).status).toBe(401);
    await door.close();
  });
});
