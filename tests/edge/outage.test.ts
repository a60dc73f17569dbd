import { randomBytes } from "node:crypto";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Edge, startEdge } from "./worker.ts";

/** Stands where the database should be, and hangs up on everyone. */
const nobody = createServer((socket) => socket.on("error", () => socket.destroy()).end());
let edge: Edge | undefined;
let url = "";

beforeAll(async () => {
  const port = await new Promise<number>((ready) => {
    nobody.listen(0, "127.0.0.1", () => ready((nobody.address() as AddressInfo).port));
  });
  edge = await startEdge(`postgres://nobody:nothing@127.0.0.1:${port}/none`, {
    DATA_KEYS: randomBytes(32).toString("base64"),
    ADMIN_API_KEY: "edge-admin-key-0123456789",
    RESEND_API_KEY: "re_edge",
    RESEND_WEBHOOK_SECRET: "whsec_ZWRnZSBzZWNyZXQgZWRnZSBzZWNyZXQgZWRnZQ==",
    SITE_ADDRESS: "1 Quiet Street",
  });
  url = edge.url;
}, 120_000);

afterAll(async () => {
  await edge?.close();
  nobody.close();
});

it("the Worker is alive and not ready while its database is out of reach", async () => {
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ database: "unavailable" })]);
});

it("an outage of the database is a problem for programs and a page for people, of the app's own making", async () => {
  const api = await fetch(`${url}/api/v1/digests`, {
    headers: { authorization: "Bearer edge-admin-key-0123456789" },
  });
  expect(api.status).toBeGreaterThanOrEqual(500);
  expect(api.headers.get("content-type")).toContain("application/problem+json");
  const page = await fetch(`${url}/archive`);
  expect(page.status).toBeGreaterThanOrEqual(500);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
});
