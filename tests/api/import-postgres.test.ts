import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { importSubscribers, takeRequest } from "../../src/subscribers/index.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { csv, type Door, line, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor({ env: { DATABASE_URL: await freshDatabaseUrl(inject) } });
});
afterEach(() => door.close());

describe("importing readers on PostgreSQL", () => {
  it("two imports of the same readers at once make each reader once", async () => {
    const text = csv(...Array.from({ length: 1200 }, (_, place) => line(`reader${place}@example.org`)));
    const reports = await Promise.all([importSubscribers(door.ctx, text), importSubscribers(door.ctx, text)]);
    const [imported, unchanged] = [
      reports[0].imported + reports[1].imported,
      reports[0].unchanged + reports[1].unchanged,
    ];
    expect([imported, unchanged, reports.flatMap((report) => report.errors)]).toEqual([1200, 1200, []]);
    const counts = await door.ctx.db
      .selectFrom("subscriber")
      .select((eb) => [
        eb.fn.countAll<number>().as("rows"),
        eb.fn.count<number>("address_index").distinct().as("readers"),
      ])
      .executeTakeFirstOrThrow();
    expect(counts).toEqual({ rows: 1200, readers: 1200 });
  });

  it("a sign-up in the same moment is confirmed by the import or finds the reader there", async () => {
    await door.api("POST", "/subscriptions", { body: { email: "ana@example.org" }, key: null });
    const key = Number(door.jobs[0]?.key);
    // The queue tries a job again that collided with the import.
    const signUp = () => takeRequest(door.ctx, key);
    const [report] = await Promise.all([
      importSubscribers(door.ctx, csv(line("ana@example.org"))),
      signUp().catch(signUp),
    ]);
    expect(report).toMatchObject({ imported: 1, errors: [] });
    const rows = await door.ctx.db.selectFrom("subscriber").select("status").execute();
    expect(rows).toEqual([{ status: "active" }]);
  });

  it("lists, exports and counts as on SQLite", async () => {
    await importSubscribers(door.ctx, csv(line("ana@example.org", "adhd"), line("ben@example.org")));
    expect((await door.api("GET", "/subscribers?topic=adhd&status=active")).json).toMatchObject({
      subscribers: [{}, {}],
    });
    expect((await door.api("GET", "/subscribers/export")).text.trim().split("\n")).toHaveLength(3);
    const metrics = await door.request("/metrics", { headers: { authorization: "Bearer test-admin-key-0123456789" } });
    expect(await metrics.text()).toContain('newsletter_subscribers{status="active"} 2\n');
    expect((await door.request("/readyz")).status).toBe(200);
  });
});
