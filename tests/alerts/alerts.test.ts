import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { raiseAlert, sweepAlerts } from "../../src/alerts/index.ts";
import { deliverBatch, listUnknown } from "../../src/delivery/index.ts";
import { planDigest } from "../../src/digests/index.ts";
import { type Desk, openDesk } from "../admin/desk.ts";
import { ADMIN_KEY } from "../api/door.ts";
import { stageDigest } from "../delivery/stage.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const SECRET = `whsec_${Buffer.from("a secret of the tests, long enough").toString("base64")}`;
const KEY = { kind: "key", about: "", reason: "401 invalid_api_key: API key is invalid", until: null } as const;

/** Something that takes alerts, refusing as many as it is told to first. */
async function listen(refusals: number) {
  const got: { headers: Record<string, string>; body: string; status: number }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const status = got.length < refusals ? 503 : 200;
    const headers = request.headers as Record<string, string>;
    got.push({ headers, body: Buffer.concat(chunks).toString(), status });
    response.writeHead(status).end();
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  closing.push(() => new Promise((closed) => server.close(closed)));
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts` };
}

async function open(env: Record<string, string> = {}): Promise<Desk> {
  const desk = await openDesk({ env });
  closing.push(desk.close);
  return desk;
}

describe("the alert webhook", () => {
  it("is told of an alert once, signed, and again until it takes it", async () => {
    const { got, url } = await listen(1);
    const desk = await open({ ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: SECRET });
    desk.clock.set(Date.now());
    for (let turn = 0; turn < 3; turn += 1) await raiseAlert(desk.ctx, KEY);
    expect(desk.jobs).toEqual([{ name: "post-alert", key: "1" }]);
    await expect(desk.work()).rejects.toThrow(/answered 503/);
    desk.clock.advance(120_000);
    await sweepAlerts(desk.ctx);
    await desk.work();
    desk.clock.advance(120_000);
    await sweepAlerts(desk.ctx);
    await desk.work();
    expect(got.map((one) => one.status)).toEqual([503, 200]);
    for (const { headers, body } of got) {
      expect(new Webhook(SECRET).verify(body, headers)).toMatchObject({
        type: "alert.raised",
        data: { kind: "key", digest: null, reason: KEY.reason, triesAgainAt: null },
      });
    }
    expect(got[0]?.headers["webhook-id"]).toBe(got[1]?.headers["webhook-id"]);
  });

  it("is configured whole or not at all", async () => {
    await expect(openDesk({ env: { ALERT_WEBHOOK_URL: "https://ops.example/x" } })).rejects.toThrow(/both or neither/);
  });
});

describe("an alert is shown", () => {
  it("at the desk, by API, in the metrics and to who asks for readiness, until it is cleared", async () => {
    const desk = await open();
    await desk.signIn();
    await raiseAlert(desk.ctx, KEY);
    const auth = { authorization: `Bearer ${ADMIN_KEY}` };
    const api = async () => (await desk.get("/api/v1/alerts", auth)).json() as Promise<{ alerts: { id: string }[] }>;
    expect(await desk.page("/admin")).toContain("The provider refuses the API key");
    expect(await desk.page("/admin/alerts")).toContain(KEY.reason);
    expect(await desk.page("/metrics")).not.toContain("newsletter_alerts");
    expect(await (await desk.get("/metrics", auth)).text()).toContain('newsletter_alerts{kind="key"} 1\n');
    expect(await (await desk.get("/readyz")).json()).toMatchObject({ status: "ok", alerts: ["key"] });
    const [alert] = (await api()).alerts;
    expect(alert).toMatchObject({ kind: "key", count: 1, clearedAt: null });
    expect((await desk.post(`/admin/alerts/${alert?.id}/clear`)).status).toBe(303);
    expect((await api()).alerts).toEqual([]);
    expect(await desk.page("/admin")).not.toContain("The provider refuses the API key");
    expect(await desk.page("/admin/alerts")).toContain("cleared by an editor");
  });

  it("to viewers too, who clear nothing", async () => {
    const desk = await open();
    await raiseAlert(desk.ctx, KEY);
    await desk.signInAs("Vera", "viewer");
    expect(await desk.page("/admin/alerts")).toContain(KEY.reason);
    expect(await desk.page("/admin/alerts")).not.toContain("It is mended");
    const [alert] = await desk.ctx.db.selectFrom("alert").select("uid").execute();
    expect((await desk.post(`/admin/alerts/${alert?.uid}/clear`)).status).toBe(403);
  });
});

describe("what is not known, at the desk", () => {
  it("is listed, explained with both choices, asked once more, and decided once however often it is clicked", async () => {
    const world = await stageDigest(3);
    closing.push(world.close);
    const { createApp } = await import("../../src/app.ts");
    const app = createApp(world.ctx);
    await planDigest(world.ctx, 1);
    world.resend.faults.next({ kind: "resetBefore" });
    await deliverBatch(world.ctx, 1);
    world.clock.advance(86_400_000);
    await world.work();
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, "content-type": "application/json" };
    const [{ id } = { id: "" }] = await listUnknown(world.ctx);
    const listed = (await (await app.request("/api/v1/unknown", { headers })).json()) as object;
    expect(listed).toMatchObject({ unknown: [{ id, digest: world.uid, count: 3, kind: "digest" }] });
    const cookie = await signedIn(app);
    const page = async (path: string) => (await app.request(path, { headers: { cookie } })).text();
    expect(await page("/admin")).toContain('href="/admin/unknown"');
    expect(await page("/admin/unknown")).toContain("3 messages");
    const choice = await page(`/admin/unknown/${id}`);
    expect(choice).toContain("Nobody gets it twice");
    expect(choice).toContain("Nobody misses it");
    expect(await page(`/admin/unknown/${id}/send-again`)).toContain("Send 3 messages again?");
    expect(world.resend.counts().requests).toBe(1);
    const click = () =>
      app.request(`/admin/unknown/${id}/send-again`, {
        method: "POST",
        headers: { cookie, origin: "http://localhost", "sec-fetch-site": "same-origin" },
      });
    expect([(await click()).status, (await click()).status]).toEqual([303, 303]);
    await world.work();
    expect(world.resend.counts().accepted).toBe(3);
    const body = JSON.stringify({ decision: "count-as-sent" });
    const other = await app.request(`/api/v1/unknown/${id}`, { method: "POST", headers, body });
    expect(other.status).toBe(409);
  });
});

async function signedIn(app: { request: Desk["app"]["request"] }): Promise<string> {
  const answer = await app.request("/admin/sign-in", {
    method: "POST",
    body: new URLSearchParams({ key: ADMIN_KEY }),
    headers: { origin: "http://localhost", "sec-fetch-site": "same-origin" },
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}
