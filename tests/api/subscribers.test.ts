import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addEditor } from "../../src/editors/index.ts";
import { importSubscribers } from "../../src/subscribers/index.ts";
import { csv, type Door, line, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
  await importSubscribers(
    door.ctx,
    csv(line("ana@example.org", "adhd"), line("ben@example.org"), line("eva@example.org", "therapy")),
  );
});
afterEach(() => door.close());

const emails = (json: Record<string, unknown>) =>
  (json.subscribers as { email?: string }[]).map((reader) => reader.email);

describe("subscribers by API", () => {
  it("only admins see addresses", async () => {
    for (const role of ["viewer", "editor", "admin"] as const) {
      const { key } = await addEditor(door.ctx, { name: role, role });
      const list = await door.api("GET", "/subscribers", { key });
      const [first] = list.json.subscribers as { id: string }[];
      const one = await door.api("GET", `/subscribers/${first?.id}`, { key });
      for (const { status, text } of [list, one]) {
        expect(status).toBe(200);
        expect(text.includes("@example.org")).toBe(role === "admin");
      }
    }
  });

  it("lists page by page, by status and by topic; a reader of every topic is a reader of each", async () => {
    const first = await door.api("GET", "/subscribers?limit=2");
    expect(emails(first.json)).toEqual(["ana@example.org", "ben@example.org"]);
    expect(first.headers.get("cache-control")).toBe("no-store");
    expect(emails((await door.api("GET", `/subscribers?limit=2&cursor=${first.json.next}`)).json)).toEqual([
      "eva@example.org",
    ]);
    expect(emails((await door.api("GET", "/subscribers?topic=adhd")).json)).toEqual([
      "ana@example.org",
      "ben@example.org",
    ]);
    expect(emails((await door.api("GET", "/subscribers?status=pending")).json)).toEqual([]);
    expect((await door.api("GET", "/subscribers?status=lost")).status).toBe(422);
    expect((await door.api("GET", "/subscribers?topic=%25")).status).toBe(422);
  });

  it("finds one by address, whatever its case, and answers 404 for an unknown one", async () => {
    const found = await door.api("POST", "/subscribers/lookup", { body: { email: "ANA@Example.ORG" } });
    expect(found.json).toMatchObject({ email: "ana@example.org", status: "active" });
    expect((await door.api("POST", "/subscribers/lookup", { body: { email: "no@example.org" } })).status).toBe(404);
    expect((await door.api("POST", "/subscribers/lookup", { body: { email: "no" } })).status).toBe(422);
  });

  it("erases one for good, and says the same when asked again", async () => {
    const { json } = await door.api("POST", "/subscribers/lookup", { body: { email: "ana@example.org" } });
    for (let turn = 0; turn < 2; turn += 1)
      expect((await door.api("DELETE", `/subscribers/${json.id}`)).status).toBe(204);
    const erased = (await door.api("GET", `/subscribers/${json.id}`)).json;
    expect(erased).toMatchObject({ status: "erased", email: null });
    expect((erased.consent as { kind: string }[]).map((event) => event.kind)).toEqual(["confirmed", "erased"]);
    expect((await door.api("GET", "/subscribers/export")).text).not.toContain("ana@");
    expect((await door.api("DELETE", "/subscribers/unknown")).status).toBe(404);
  });
});
