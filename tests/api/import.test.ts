import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { transaction } from "../../src/db/transaction.ts";
import { confirm, eraseByUid, findSubscriber, importSubscribers } from "../../src/subscribers/index.ts";
import { suppress } from "../../src/suppression/index.ts";
import { csv, type Door, line, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

const bringIn = (body: string, type = "text/csv") =>
  door.api("POST", "/subscribers/import", { body, headers: { "content-type": type } });

const statusOf = async (email: string) => (await findSubscriber(door.ctx, email)).status;

describe("importing readers", () => {
  it("makes confirmed readers active with what they chose, and keeps the evidence", async () => {
    const text = csv("Ana@Example.org,adhd;anxiety,daily,Europe/Madrid,es,2025-03-31T09:00:00Z,fair in Seville");
    const answer = await bringIn(text);
    expect([answer.status, answer.json]).toEqual([200, { imported: 1, unchanged: 0, refused: 0, errors: [] }]);
    const { id, ...reader } = await findSubscriber(door.ctx, "ana@example.org");
    expect(reader).toMatchObject({
      email: "Ana@example.org",
      status: "active",
      topics: ["adhd", "anxiety"],
      cadence: "daily",
      timezone: "Europe/Madrid",
      locale: "es",
      confirmedAt: "2025-03-31T09:00:00.000Z",
    });
    const { json } = await door.api("GET", `/subscribers/${id}`);
    expect(json.consent).toMatchObject([
      {
        kind: "confirmed",
        form: "import",
        detail: { source: "fair in Seville", confirmedAt: "2025-03-31T09:00:00.000Z" },
      },
    ]);
  });

  it("changes nothing when the same file comes again", async () => {
    const text = csv(line("ana@example.org"), line("ben@example.org"));
    await bringIn(text);
    const events = await door.ctx.db.selectFrom("consent_event").selectAll().execute();
    expect((await bringIn(text)).json).toEqual({ imported: 0, unchanged: 2, refused: 0, errors: [] });
    expect(await door.ctx.db.selectFrom("consent_event").selectAll().execute()).toEqual(events);
  });

  it("reports each bad line by its number, without an address, and keeps the good ones", async () => {
    const text = csv(
      line("ana@example.org"),
      "not an address,,weekly,UTC,en,2025-01-01,form",
      "b@example.org,gardening,weekly,UTC,en,2025-01-01,form",
      "c@example.org,,hourly,UTC,en,2025-01-01,form",
      "d@example.org,,weekly,Mars/Olympus,en,2025-01-01,form",
      "e@example.org,,weekly,UTC,xx,2025-01-01,form",
      "f@example.org,,weekly,UTC,en,,form",
      "g@example.org,,weekly,UTC,en,soon,form",
      "h@example.org,,weekly,UTC,en,2999-01-01,form",
      "i@example.org,,weekly",
      "",
      line("ben@example.org"),
    );
    const { json } = await bringIn(text);
    expect(json).toMatchObject({ imported: 2, unchanged: 0, refused: 9 });
    const errors = json.errors as { line: number; reason: string }[];
    expect(errors.map((error) => error.line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const reasons = ["@", "topic", "cadence", "timezone", "locale", "confirmed_at", "confirmed_at", "future", "fields"];
    for (const [place, word] of reasons.entries()) expect(errors[place]?.reason).toContain(word);
    expect(errors.map((error) => error.reason).join(" ")).not.toMatch(/[a-z]@example\.org(?<!name@example\.org)/);
    expect(await statusOf("ben@example.org")).toBe("active");
  });

  it("reads a byte order mark, CRLF, quoted fields and columns in another order", async () => {
    const text = [
      "\uFEFFconfirmed_at,consent_source,email,topics,cadence,timezone,locale",
      '2025-01-01,"a form, on paper","ana@example.org","adhd;anxiety",weekly,UTC,en',
      '2025-01-01,"the ""old"" list",ben@example.org,,,,',
      "",
    ].join("\r\n");
    expect((await bringIn(text)).json).toMatchObject({ imported: 2, errors: [] });
    expect((await findSubscriber(door.ctx, "ben@example.org")).source).toBe('the "old" list');
    expect((await findSubscriber(door.ctx, "ana@example.org")).topics).toEqual(["adhd", "anxiety"]);
  });

  it("loses only the line whose quotation mark is never closed", async () => {
    const good = Array.from({ length: 40 }, (_, place) => line(`reader${place}@example.org`));
    const text = csv(...good.slice(0, 10), '"open@example.org,,weekly,UTC,en,2025-01-01,form', ...good.slice(10));
    const { json } = await bringIn(text);
    expect(json).toMatchObject({ imported: 40, refused: 1, errors: [{ line: 12 }] });
  });

  it("loses only the two lines with a stray mark each, not those between them", async () => {
    const stray = (name: string) => `"${name}@example.org,,weekly,UTC,en,2025-01-01,form`;
    const text = csv(stray("a"), line("ana@example.org"), stray("b"), line("ben@example.org"));
    expect((await bringIn(text)).json).toMatchObject({ imported: 2, refused: 2, errors: [{ line: 2 }, { line: 4 }] });
  });

  it.each([
    ["", "empty"],
    ["mail,topics\na@example.org,adhd\n", "email"],
    ["email;topics;cadence;timezone;locale;confirmed_at;consent_source\n", "header"],
    ["email,topics,cadence,timezone,locale,confirmed_at,consent_source,name\n", "header"],
  ])("refuses a file that begins %j, and says what it expects", async (text, word) => {
    const answer = await bringIn(text);
    expect(answer.status).toBe(422);
    expect(`${answer.json.detail}`).toContain(word);
    expect((await door.api("GET", "/subscribers")).json).toMatchObject({ subscribers: [] });
  });

  it("counts a reader who stands twice in a file once", async () => {
    const text = csv(line("ana@example.org"), line("ANA@example.org"), line("ana@EXAMPLE.org"));
    expect((await bringIn(text)).json).toEqual({ imported: 1, unchanged: 2, refused: 0, errors: [] });
  });

  it("never brings back who left, bounced, complained, was erased or is suppressed", async () => {
    const names = ["left", "bounced", "complained", "erased"];
    await bringIn(csv(...names.map((name) => line(`${name}@example.org`))));
    const { ctx } = door;
    for (const status of ["bounced", "complained"] as const) await setStatus(`${status}@example.org`, status);
    await setStatus("left@example.org", "unsubscribed");
    await eraseByUid(ctx, (await findSubscriber(ctx, "erased@example.org")).id, "admin");
    await transaction(ctx, (tx) => suppress(tx, tx.vault.index("never@example.org"), "manual"));
    const text = csv(...[...names, "never"].map((name) => line(`${name}@example.org`)), line("left@example.org"));
    const { json } = await bringIn(text);
    expect(json).toMatchObject({ imported: 0, unchanged: 0, refused: 6 });
    expect((json.errors as { line: number }[]).map((error) => error.line)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(await statusOf("left@example.org")).toBe("unsubscribed");
    await expect(findSubscriber(ctx, "erased@example.org")).rejects.toThrow("no subscriber");
  });

  it("confirms who was waiting, and leaves alone who left and asks anew", async () => {
    for (const email of ["waiting@example.org", "back@example.org"]) {
      await door.api("POST", "/subscriptions", { body: { email }, key: null });
    }
    await door.work();
    const { id } = await findSubscriber(door.ctx, "back@example.org");
    await door.ctx.db.updateTable("subscriber").set({ left_at: 1 }).where("uid", "=", id).execute();
    const { json } = await bringIn(csv(line("waiting@example.org"), line("back@example.org")));
    expect(json).toMatchObject({ imported: 1, refused: 1, errors: [{ line: 3 }] });
    expect([await statusOf("waiting@example.org"), await statusOf("back@example.org")]).toEqual(["active", "pending"]);
    expect((await confirm(door.ctx, "nothing")).outcome).toBe("unknown");
  });

  it("refuses a body that is not CSV", async () => {
    expect((await bringIn(csv(line("ana@example.org")), "application/json")).status).toBe(415);
    expect((await door.api("GET", "/subscribers")).json).toMatchObject({ subscribers: [] });
  });

  it("goes through a file in pieces that cut lines and characters anywhere", async () => {
    const bytes = new TextEncoder().encode(
      csv(line("ana@bücher.example"), line("ben@example.org")).replaceAll("\n", "\r\n"),
    );
    const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await importSubscribers(door.ctx, pieces)).toMatchObject({ imported: 2, refused: 0 });
    expect(await statusOf("ana@xn--bcher-kva.example")).toBe("active");
  });

  it("an export read by an import elsewhere gives the same readers, also those that look like formulas", async () => {
    const emails = ["ana@example.org", "=1+1@example.org", "'=x@example.org", "-dash@example.org", "+plus@example.org"];
    // The doubled apostrophe is how an export keeps an address that begins with one.
    await bringIn(
      csv(...emails.map((email) => line(email.startsWith("'") ? `'${email}` : email, "adhd;therapy", "monthly"))),
    );
    const file = await door.api("GET", "/subscribers/export");
    expect(file.headers.get("content-type")).toContain("text/csv");
    expect(file.text).not.toMatch(/^[=+@-]/m);
    const other = await openDoor();
    expect(await importSubscribers(other.ctx, file.text)).toMatchObject({ imported: 5, errors: [] });
    for (const email of emails) expect((await findSubscriber(other.ctx, email)).email).toBe(email);
    expect((await other.api("GET", "/subscribers/export")).text).toBe(file.text);
    await other.close();
  });
});

async function setStatus(email: string, status: "bounced" | "complained" | "unsubscribed"): Promise<void> {
  const { id } = await findSubscriber(door.ctx, email);
  await door.ctx.db.updateTable("subscriber").set({ status }).where("uid", "=", id).execute();
}
