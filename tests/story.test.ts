import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Redis } from "ioredis";
import { sql } from "kysely";
import { pino } from "pino";
import { afterEach, describe, expect, inject, it } from "vitest";
import { createApp } from "../src/app.ts";
import { toConfig } from "../src/config.ts";
import { type Context, createContext } from "../src/context.ts";
import { startWorkers } from "../workers/start.ts";
import { articlePage, MORNING_LIGHT } from "./support/article-page.ts";
import { type ResendDouble, startResendDouble } from "./support/resend-double/index.ts";
import { freshDatabaseUrl } from "./support/services/fresh.ts";
import { startRedis } from "./support/services/redis.ts";
import { until } from "./support/until.ts";

const ADMIN = "story-admin-key-0123456789";
const SECRET = "whsec_c3Rvcnkgc2VjcmV0IHN0b3J5IHNlY3JldA==";
const ANA = "ana.ruiz+letters@example.org";

const constellations = [
  { name: "SQLite and the in-process queue", database: "sqlite", queue: "memory" },
  { name: "SQLite and Redis", database: "sqlite", queue: "redis" },
  { name: "PostgreSQL and Redis", database: "postgres", queue: "redis" },
] as const;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe.each(constellations)("from the form to the inbox, on $name", ({ database, queue }) => {
  it("a reader subscribes, is told what was published and what was re-reviewed, and leaves", async () => {
    const { ctx, api, page, resend, folder, logged } = await installation(database, queue);

    // ① A reader subscribes, and is sent one confirmation.
    const answer = await api("POST", "/subscriptions", { email: ANA, topics: ["depression"], cadence: "weekly" });
    expect([answer.status, answer.body]).toEqual([202, { status: "pending" }]);
    const confirmation = await mailTo(resend, ANA, 1);
    expect(confirmation.subject).toContain("Confirm");

    // ② Looking at the link changes nothing; the button confirms. A welcome follows.
    const confirm = linkIn(confirmation.html, "/confirm/");
    for (const method of ["GET", "HEAD", "OPTIONS"]) await page(method, confirm);
    expect(await statusOf(ctx)).toBe("pending");
    expect((await page("POST", confirm)).status).toBe(200);
    expect(await statusOf(ctx)).toBe("active");
    expect((await page("POST", confirm)).status).toBe(200);
    await mailTo(resend, ANA, 2);

    // ③ An article appears.
    const url = "https://calm.example/depression/morning-light";
    const published = await api("POST", `/articles/import?url=${url}`, articlePage(), "text/html");
    expect(published.body).toMatchObject({ version: 1, event: { kind: "published" } });
    expect((await api("POST", `/articles/import?url=${url}`, articlePage(), "text/html")).body).toMatchObject({
      event: null,
    });

    // ④ An editor triggers a digest. Triggering twice sends once.
    const first = (await api("POST", "/digests", { events: "new" })).body as { id: string };
    expect((await api("POST", `/digests/${first.id}/send`)).status).toBe(202);
    expect((await api("POST", `/digests/${first.id}/send`)).status).toBe(202);
    const edition = await mailTo(resend, ANA, 3);
    expect(edition.subject).toContain("Morning light");

    // ③ again: it is re-reviewed, with other figures.
    const sections = {
      ...MORNING_LIGHT,
      "What it costs": MORNING_LIGHT["What it costs"]?.replace("80 to 140", "60 to 120") ?? "",
    };
    const revised = articlePage({ reviewed: "January 9, 2026", sections });
    const reviewed = await api("POST", `/articles/import?url=${url}`, revised, "text/html");
    expect(reviewed.body).toMatchObject({
      version: 2,
      event: { kind: "re-reviewed", changes: { changed: ["What it costs"] } },
    });

    // ⑤ The next digest says what changed; workers hand it over through the provider.
    const second = (await api("POST", "/digests", {})).body as { id: string };
    await api("POST", `/digests/${second.id}/send`);
    const digest = await mailTo(resend, ANA, 4);
    for (const part of [digest.html, digest.text]) {
      expect(part).toContain("What it costs");
      expect(part).toContain("January 9, 2026");
      expect(part).toContain("Calm Pages Review Panel");
    }
    expect(digest.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");

    // ⑥ Events come back, signed.
    await resend.webhooks.idle();
    const counts = await until("the delivery to be known", async () => {
      const { body } = await api("GET", `/digests/${second.id}`);
      const report = body as { status: string; counts: Record<string, number> };
      return report.status === "sent" && report.counts.delivered === 1 ? report.counts : null;
    });
    expect(counts).toMatchObject({ candidates: 1, delivered: 1, queued: 0, submitted: 0 });

    // An editor finds that the first version was wrong: whoever was sent it hears at once, and nobody else.
    const mistake = { version: 1, wrong: "80 to 140 dollars", right: "60 to 120 dollars", why: "An old price list." };
    const marked = await api("POST", "/articles/morning-light/corrections", mistake);
    expect(marked.status).toBe(201);
    const notice = await mailTo(resend, ANA, 5);
    expect(notice.subject).toContain("Correction");
    for (const words of [mistake.wrong, mistake.right, mistake.why]) expect(notice.text).toContain(words);
    expect((await api("POST", "/articles/morning-light/corrections", mistake)).status).toBe(200);

    // ⑦ The reader leaves with one click, and hears nothing more.
    const leave = (digest.headers["List-Unsubscribe"] ?? "").slice(1, -1);
    for (const method of ["GET", "HEAD", "OPTIONS"]) await page(method, leave);
    expect(await statusOf(ctx)).toBe("active");
    const left = await page("POST", leave, "List-Unsubscribe=One-Click");
    expect([left.status, left.headers.get("location"), left.headers.get("set-cookie")]).toEqual([200, null, null]);
    expect(await statusOf(ctx)).toBe("unsubscribed");
    await api("POST", `/articles/import?url=${url}`, articlePage({ reviewed: "February 3, 2026" }), "text/html");
    const third = (await api("POST", "/digests", { events: [4] })).body as { id: string };
    await api("POST", `/digests/${third.id}/send`);
    await until(
      "the third digest to end",
      async () => ((await api("GET", `/digests/${third.id}`)).body as { status: string }).status === "sent",
    );
    expect(resend.acceptedFor(ANA)).toBe(5);

    // Whatever is stolen names no one.
    const traces = await tracesOf(ctx, folder, queue);
    expect(traces.some((trace) => trace.includes("Morning light for winter depression"))).toBe(true);
    expect(logged.join("")).toContain("/confirm/:token");
    for (const needle of ["ana.ruiz", "ana.ruiz+letters@example.org", Buffer.from(ANA).toString("base64")]) {
      expect(traces.some((trace) => trace.includes(needle))).toBe(false);
      expect(logged.join("")).not.toContain(needle);
    }
  });
});

/** The whole platform, listening on loopback, with its workers inside and the provider's double behind it. */
async function installation(database: "sqlite" | "postgres", queue: "memory" | "redis") {
  const folder = await mkdtemp(join(tmpdir(), "story-"));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const resend = await startResendDouble({ rateLimit: null });
  closing.push(resend.close);
  const logged: string[] = [];
  const redis = queue === "redis" ? await startRedis() : null;
  if (redis) closing.push(redis.close);
  const config = toConfig({
    DATABASE_URL: database === "sqlite" ? `sqlite:${join(folder, "story.db")}` : await freshDatabaseUrl(inject),
    ...(redis ? { QUEUE_URL: redis.url } : {}),
    DATA_KEYS: Buffer.alloc(32, 7).toString("base64"),
    ADMIN_API_KEY: ADMIN,
    RESEND_API_KEY: "re_story",
    RESEND_BASE_URL: resend.url,
    RESEND_WEBHOOK_SECRET: SECRET,
  });
  const log = pino({ level: "trace" }, { write: (line: string) => void logged.push(line) });
  const ctx = await createContext(config, {
    log,
    fetchPage: () => Promise.reject(new Error("no page is fetched here")),
  });
  closing.push(ctx.close);
  const worker = await startWorkers(ctx);
  closing.push(worker.close);
  const server = serve({ fetch: createApp(ctx).fetch, port: 0, hostname: "127.0.0.1" });
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const origin = await until("the server to listen", () => {
    const address = server.address();
    return address && typeof address === "object" ? `http://127.0.0.1:${address.port}` : null;
  });
  resend.settings.webhooks = { url: `${origin}/webhooks/resend`, secret: SECRET };
  return { ctx, resend, folder, logged, api: apiOf(origin), page: pageOf(origin) };
}

function apiOf(origin: string) {
  return async (method: string, path: string, body?: unknown, type = "application/json") => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN}`, ...(body === undefined ? {} : { "content-type": type }) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };
}

function pageOf(origin: string) {
  return (method: string, url: string, body?: string) =>
    fetch(new URL(new URL(url).pathname, origin), {
      method,
      redirect: "manual",
      headers: {
        ...(body
          ? { "content-type": "application/x-www-form-urlencoded" }
          : method === "POST"
            ? { origin, "sec-fetch-site": "same-origin" }
            : {}),
      },
      ...(body ? { body } : {}),
    });
}

/** The `n`th message the provider took for an address. */
async function mailTo(resend: ResendDouble, address: string, n: number) {
  const taken = await until(`message ${n} to be taken`, () => {
    const all = resend.messages().filter((one) => one.to === address);
    return all.length >= n ? all : null;
  });
  expect(taken).toHaveLength(n);
  const email = taken[n - 1]?.email;
  if (!email) throw new Error("the message was not kept");
  const { subject, html, text, headers } = email;
  return {
    subject: String(subject),
    html: String(html),
    text: String(text),
    headers: headers as Record<string, string>,
  };
}

function linkIn(html: string, path: string): string {
  const link = new RegExp(`https?://[^"]+${path}[A-Za-z0-9_-]+`).exec(html)?.[0];
  if (!link) throw new Error(`no link to ${path} in the mail`);
  return link;
}

async function statusOf(ctx: Context): Promise<string | undefined> {
  return (await ctx.db.selectFrom("subscriber").select("status").executeTakeFirst())?.status;
}

/** Everything a thief of the disks would hold: database file, WAL, the rows of PostgreSQL, the dump of Redis. */
async function tracesOf(ctx: Context, folder: string, queue: "memory" | "redis"): Promise<Buffer[]> {
  const files: Buffer[] = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  if (ctx.engine.name === "postgres") {
    for (const { name } of await ctx.db.introspection.getTables()) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(ctx.db);
      files.push(
        ...rows.flatMap(Object.values).map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))),
      );
    }
  }
  if (queue === "redis" && ctx.config.queue.driver === "redis") {
    const redis = new Redis(ctx.config.queue.url);
    await redis.save();
    const [, dir] = (await redis.config("GET", "dir")) as [string, string];
    files.push(await readFile(join(dir, "dump.rdb")));
    redis.disconnect();
  }
  return files;
}
