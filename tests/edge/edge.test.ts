import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { toConfig } from "../../src/config.ts";
import { type Context, createContext } from "../../src/context.ts";
import { draftDigest, getDigest, sendDigest } from "../../src/digests/index.ts";
import { startWorkers } from "../../workers/start.ts";
import { articlePage } from "../support/article-page.ts";
import { type ResendDouble, startResendDouble } from "../support/resend-double/index.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { until } from "../support/until.ts";
import { visit } from "./visit.ts";
import { type Edge, startEdge } from "./worker.ts";

const SECRET = "whsec_ZWRnZSBzZWNyZXQgZWRnZSBzZWNyZXQgZWRnZQ==";
const ANA = "ana@example.org";

const closing: (() => Promise<unknown>)[] = [];
let edge: Edge;
let ctx: Context;
let resend: ResendDouble;

beforeAll(async () => {
  const databaseUrl = await freshDatabaseUrl(inject);
  resend = await startResendDouble({ rateLimit: null });
  closing.push(resend.close);
  const shared = {
    DATA_KEYS: randomBytes(32).toString("base64"),
    ADMIN_API_KEY: "edge-admin-key-0123456789",
    RESEND_API_KEY: "re_edge",
    RESEND_WEBHOOK_SECRET: SECRET,
    MAIL_FROM: "Letters <letters@example.org>",
    SITE_ADDRESS: "1 Quiet Street",
  };
  const config = toConfig({ ...shared, DATABASE_URL: databaseUrl, RESEND_BASE_URL: resend.url });
  const fetchPage = () => Promise.reject(new Error("no page is fetched here"));
  ctx = await createContext(config, { log: pino({ level: "silent" }), fetchPage });
  closing.push(ctx.close);
  const worker = await startWorkers(ctx);
  closing.push(worker.close);
  edge = await startEdge(databaseUrl, shared);
  closing.push(edge.close);
  resend.settings.webhooks = { url: `${edge.url}/webhooks/resend`, secret: SECRET };
}, 120_000);

afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const mails = (n: number) =>
  until(`${n} messages to be taken`, () => (resend.messages().length >= n ? resend.messages() : null));

describe("the public side at the edge", () => {
  it("takes a sign-up, and a worker on Node sends the confirmation at once", async () => {
    const form = await (await visit(`${edge.url}/subscribe`)).text();
    expect(form).toContain("<form");
    const started = Date.now();
    const answer = await visit(`${edge.url}/subscribe`, {
      method: "POST",
      headers: { origin: edge.url, "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ email: ANA }),
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(ANA)]);
    expect((await mails(1))[0]?.to).toBe(ANA);
    // The sweep alone would let three seconds pass first.
    expect(Date.now() - started).toBeLessThan(3000);
  });

  it("confirms by the mail's link", async () => {
    const html = String((await mails(1))[0]?.email?.html);
    const path = /\/confirm\/[A-Za-z0-9_-]+/.exec(html)?.[0] ?? "";
    expect((await visit(`${edge.url}${path}`)).status).toBe(200);
    expect((await visit(`${edge.url}${path}`, { method: "POST", headers: { origin: edge.url } })).status).toBe(200);
    const { status } = await ctx.db.selectFrom("subscriber").select("status").executeTakeFirstOrThrow();
    expect(status).toBe("active");
    await mails(2);
  });

  it("takes the provider's signed events, one-click departures and API calls", async () => {
    await takeIn(ctx, { html: articlePage(), url: "https://calm.example/morning-light" });
    const { uid } = await draftDigest(ctx, {});
    await sendDigest(ctx, uid);
    const digest = (await mails(3))[2];
    await until("the delivery to be known", async () => (await getDigest(ctx, uid)).counts.delivered === 1);
    const seen = await visit(`${edge.url}/api/v1/digests/${uid}`, {
      headers: { authorization: "Bearer edge-admin-key-0123456789" },
    });
    expect(await seen.json()).toMatchObject({ id: uid, counts: { delivered: 1 } });
    const headers = digest?.email?.headers as Record<string, string>;
    const path = new URL((headers["List-Unsubscribe"] ?? "").slice(1, -1)).pathname;
    const left = await visit(`${edge.url}${path}`, {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    });
    expect(left.status).toBe(200);
    const { status } = await ctx.db.selectFrom("subscriber").select("status").executeTakeFirstOrThrow();
    expect(status).toBe("unsubscribed");
  });

  it("answers many visitors at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, place) =>
        visit(`${edge.url}/api/v1/subscriptions`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ email: `visitor${place}@example.org` }),
        }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 202));
    await mails(23);
  });
});
