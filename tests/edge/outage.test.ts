import { randomBytes } from "node:crypto";
import { afterEach, expect, it } from "vitest";
import edge from "../../src/edge.ts";
import { freePort } from "../support/services/server.ts";

const ORIGIN = "http://127.0.0.1:8787";

/** What the Worker started and did not wait for. */
const pending: Promise<unknown>[] = [];
afterEach(async () => {
  await Promise.allSettled(pending.splice(0));
});

/** The Worker's own handler, with a database that nobody listens for. */
async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const bindings = {
    HYPERDRIVE: { connectionString: `postgres://nobody@127.0.0.1:${await freePort()}/none` },
    PUBLIC_URL: ORIGIN,
    DATA_KEYS: randomBytes(32).toString("base64"),
    ADMIN_API_KEY: "edge-admin-key-0123456789",
  };
  return edge.fetch(new Request(`${ORIGIN}${path}`, { headers }), bindings, {
    waitUntil: (work) => pending.push(work),
  });
}

it("the Worker is alive and not ready while its database is out of reach", async () => {
  expect((await ask("/healthz")).status).toBe(200);
  expect((await ask("/readyz")).status).toBe(503);
});

it("an outage of the database is a problem for programs and a page for people, of the app's own making", async () => {
  const api = await ask("/api/v1/digests", { authorization: "Bearer edge-admin-key-0123456789" });
  expect(api.status).toBeGreaterThanOrEqual(500);
  expect(api.headers.get("content-type")).toContain("application/problem+json");
  const page = await ask("/archive");
  expect(page.status).toBeGreaterThanOrEqual(500);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
});
