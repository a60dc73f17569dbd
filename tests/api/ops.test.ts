import { Validator } from "@seriousme/openapi-schema-validator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importSubscribers } from "../../src/subscribers/index.ts";
import { ADMIN_KEY, csv, type Door, line, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

/** Every route that integrators are promised. */
const PROMISED = `
  GET /subscribe, POST /subscribe, POST /api/v1/subscriptions, GET /embed.js, GET /confirm/{token}, POST /confirm/{token},
  GET /preferences/{token}, POST /preferences/{token}, GET /unsubscribe/{token}, POST /unsubscribe/{token}, GET /archive,
  GET /archive/{digest}, GET /archive.xml, GET /changes/{slug}, PUT /api/v1/articles/{slug}, POST /api/v1/articles/import,
  POST /webhooks/cms, POST /api/v1/digests, GET /api/v1/digests/{id}, GET /api/v1/digests/{id}/preview,
  POST /api/v1/digests/{id}/test, POST /api/v1/digests/{id}/send, POST /api/v1/digests/{id}/pause,
  POST /api/v1/digests/{id}/resume, POST /api/v1/digests/{id}/cancel, GET /api/v1/digests/{id}/progress,
  GET /api/v1/digests/{id}/audience, GET /api/v1/digests/{id}/deliveries, POST /api/v1/digests/{id}/retry,
  GET /api/v1/subscribers, GET /api/v1/subscribers/{id}, DELETE /api/v1/subscribers/{id}, POST /api/v1/subscribers/import,
  GET /api/v1/subscribers/export, POST /webhooks/resend, GET /healthz, GET /readyz, GET /metrics`
  .split(",")
  .map((route) => route.trim());

interface Document {
  paths: Record<
    string,
    Record<
      string,
      { operationId?: string; requestBody?: { content: Record<string, { schema: { required?: string[] } }> } }
    >
  >;
}

describe("/openapi.json and /docs", () => {
  const document = async () =>
    (await (await door.request("/openapi.json")).json()) as Document & Record<string, unknown>;

  it("the document is valid OpenAPI 3.1", async () => {
    const verdict = await new Validator().validate(await document());
    expect(verdict.errors ?? []).toEqual([]);
    expect(verdict.valid).toBe(true);
  });

  it("the document has every promised route", async () => {
    const { paths } = await document();
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(PROMISED.filter((route) => !described.includes(route))).toEqual([]);
  });

  it("the document's schemas are those that requests are checked against", async () => {
    const { paths } = await document();
    const body = paths["/api/v1/subscriptions"]?.post?.requestBody?.content["application/json"]?.schema;
    expect(body?.required).toEqual(["email"]);
    const ids = Object.values(paths).flatMap((item) => Object.values(item).flatMap((one) => one.operationId ?? []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("the page names every route and asks for nothing from elsewhere", async () => {
    const response = await door.request("/docs");
    const page = await response.text();
    expect(response.status).toBe(200);
    for (const route of PROMISED) expect(page).toContain(route.replaceAll("&", "&amp;"));
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\/(?!localhost)/);
  });
});

describe("/healthz, /readyz and /metrics", () => {
  it("says that it lives and that each dependency is ready", async () => {
    expect((await door.request("/healthz")).status).toBe(200);
    const response = await door.request("/readyz");
    expect([response.status, await response.json()]).toEqual([
      200,
      { status: "ok", database: "ok", migrations: "ok", queue: "ok", alerts: [] },
    ]);
  });

  it("says which dependency is down, and lives on", async () => {
    door.ctx.queue.ping = () => Promise.reject(new Error("connection refused"));
    const response = await door.request("/readyz");
    expect([response.status, await response.json()]).toMatchObject([503, { queue: "unavailable", database: "ok" }]);
    await door.ctx.db.deleteFrom("kysely_migration" as never).execute();
    expect(await (await door.request("/readyz")).json()).toMatchObject({ migrations: "behind" });
    expect((await door.request("/healthz")).status).toBe(200);
  });

  it("counts for Prometheus, for holders of a key, and names no one", async () => {
    await importSubscribers(door.ctx, csv(line("ana@example.org"), line("ben@example.org")));
    expect((await door.request("/metrics")).status).toBe(401);
    const response = await door.request("/metrics", { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(text).toContain('newsletter_subscribers{status="active"} 2\n');
    expect(text).toContain('newsletter_queue_jobs{lane="send",state="waiting"} 0\n');
    for (const row of text.trim().split("\n"))
      expect(row).toMatch(/^(?:# (?:HELP|TYPE) .+|[a-z_]+(?:\{[^}]*\})? -?\d+(?:\.\d+)?)$/);
    expect(text).not.toContain("@");
  });
});
