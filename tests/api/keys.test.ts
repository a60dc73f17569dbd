import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addEditor, revokeEditor } from "../../src/editors/index.ts";
import { ADMIN_KEY, type Door, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

const PROBLEM = "application/problem+json";

/** What each role may call, by a request that ends well or at least past the door. */
const ROUTES = [
  { role: "viewer", method: "GET", path: "/digests" },
  { role: "viewer", method: "GET", path: "/digests/none" },
  { role: "viewer", method: "GET", path: "/digests/none/preview" },
  { role: "viewer", method: "GET", path: "/digests/none/progress" },
  { role: "viewer", method: "GET", path: "/digests/none/audience" },
  { role: "viewer", method: "GET", path: "/digests/none/deliveries" },
  { role: "viewer", method: "GET", path: "/articles" },
  { role: "viewer", method: "GET", path: "/events" },
  { role: "viewer", method: "GET", path: "/reviews/due" },
  { role: "viewer", method: "GET", path: "/editors/me/reminders" },
  { role: "viewer", method: "PUT", path: "/editors/me/reminders" },
  { role: "viewer", method: "DELETE", path: "/editors/me/reminders" },
  { role: "viewer", method: "GET", path: "/subscribers" },
  { role: "viewer", method: "GET", path: "/subscribers/none" },
  { role: "editor", method: "PUT", path: "/articles/some" },
  { role: "editor", method: "POST", path: "/articles/import" },
  { role: "editor", method: "POST", path: "/digests" },
  { role: "editor", method: "POST", path: "/digests/none/send" },
  { role: "editor", method: "POST", path: "/digests/none/test" },
  { role: "editor", method: "POST", path: "/digests/none/pause" },
  { role: "editor", method: "POST", path: "/digests/none/resume" },
  { role: "editor", method: "POST", path: "/digests/none/cancel" },
  { role: "editor", method: "POST", path: "/digests/none/retry" },
  { role: "admin", method: "POST", path: "/subscribers/lookup" },
  { role: "admin", method: "POST", path: "/subscribers/import" },
  { role: "admin", method: "GET", path: "/subscribers/export" },
  { role: "admin", method: "DELETE", path: "/subscribers/none" },
  { role: "admin", method: "GET", path: "/editors" },
  { role: "admin", method: "POST", path: "/editors" },
  { role: "admin", method: "DELETE", path: "/editors/none" },
] as const;
const ROLES = ["viewer", "editor", "admin"] as const;

describe("API keys", () => {
  it.each(ROUTES)("$method $path asks for a key, and for the role $role", async ({ role: needed, method, path }) => {
    const none = await door.api(method, path, { key: null });
    expect([none.status, none.headers.get("content-type")]).toEqual([401, PROBLEM]);
    expect(none.headers.get("www-authenticate")).toContain("Bearer");
    expect((await door.api(method, path, { key: `hpn_${"x".repeat(43)}` })).status).toBe(401);
    for (const role of ROLES) {
      const { key } = await addEditor(door.ctx, { name: role, role });
      const { status } = await door.api(method, path, { key });
      if (ROLES.indexOf(role) < ROLES.indexOf(needed)) expect(status).toBe(403);
      else expect([401, 403, 500]).not.toContain(status);
    }
  });

  it("a key is shown once, kept as a hash, and opens nothing after it is revoked", async () => {
    const made = await door.api("POST", "/editors", { body: { name: "Newsroom", role: "editor" } });
    expect(made.status).toBe(201);
    const key = made.json.key as string;
    expect(key).toMatch(/^hpn_[\w-]{43}$/);
    expect((await door.api("GET", "/digests", { key })).status).toBe(200);
    const listed = await door.api("GET", "/editors");
    expect(listed.json).toMatchObject({ editors: [{ name: "Newsroom", role: "editor", revokedAt: null }] });
    expect(listed.text).not.toContain(key);
    expect((await door.api("DELETE", "/editors/Newsroom")).status).toBe(204);
    expect((await door.api("GET", "/digests", { key })).status).toBe(401);
    expect((await door.api("DELETE", "/editors/Newsroom")).status).toBe(404);
  });

  it("a name in use is refused, and may be used again once revoked, with another key", async () => {
    const first = await addEditor(door.ctx, { name: "CMS", role: "editor" });
    expect((await door.api("POST", "/editors", { body: { name: "CMS", role: "admin" } })).status).toBe(409);
    await revokeEditor(door.ctx, "CMS");
    const second = await addEditor(door.ctx, { name: "CMS", role: "viewer" });
    expect((await door.api("GET", "/digests", { key: first.key })).status).toBe(401);
    expect((await door.api("GET", "/digests", { key: second.key })).status).toBe(200);
    expect((await door.api("POST", "/digests", { key: second.key })).status).toBe(403);
  });

  it.each(["", "Bearer", `Basic ${btoa("a:b")}`, `Bearer ${ADMIN_KEY} more`, `Bearer ${ADMIN_KEY}x`])(
    "the header %j opens nothing",
    async (authorization) => {
      expect((await door.api("GET", "/digests", { key: null, headers: { authorization } })).status).toBe(401);
    },
  );
});
