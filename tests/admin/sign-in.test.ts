import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { addEditor, revokeEditor } from "../../src/editors/index.ts";
import { ADMIN_KEY } from "../api/door.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { type Desk, type FROM_HERE, openDesk } from "./desk.ts";

const PAGES = ["/admin", "/admin/articles", "/admin/corrections", "/admin/sources", "/admin/reviews"];

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe("signing in to the desk", () => {
  it.each([...PAGES, "/admin/nowhere"])("%s asks whoever is not signed in, and leads back there", async (path) => {
    const answer = await desk.get(path);
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      `/admin/sign-in?to=${encodeURIComponent(path)}`,
    ]);
    expect(await desk.page(`/admin/sign-in?to=${encodeURIComponent(path)}`)).toContain(`value="${path}"`);
  });

  it("takes an API key and gives a cookie that no script and no other site can use, for 12 hours", async () => {
    const answer = await desk.signIn();
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/admin"]);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^desk=[\w-]{43}; /);
    for (const part of ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"]) expect(cookie).toContain(part);
    expect(cookie).not.toContain("Domain");
    expect((await desk.get("/admin")).status).toBe(200);
  });

  it("binds the cookie to the host and to https where the site has it", async () => {
    const safe = await openDesk({
      env: {
        PUBLIC_URL: "https://letters.example",
        MAIL_FROM: "a@letters.example",
        SMTP_URL: "smtp://127.0.0.1:1",
      },
    });
    const answer = await safe.post("/admin/sign-in", { key: ADMIN_KEY }, { origin: "https://letters.example" });
    expect(answer.headers.get("set-cookie")).toMatch(/^__Host-desk=.*; Secure/);
    await safe.close();
  });

  it("keeps neither the key nor the token: not in rows, not in the log", async () => {
    const lines: string[] = [];
    const sink = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) });
    const logged = await openDesk({ log: pino({ level: "trace" }, sink) });
    const key = await logged.signInAs("Ana", "editor");
    const token = logged.cookie.split("=")[1] ?? "";
    await logged.post("/admin/sign-in", { key: `${key}x` });
    const rows = JSON.stringify(await logged.ctx.db.selectFrom("editor_session").selectAll().execute());
    expect(rows).toContain("token_hash");
    expect(lines.length).toBeGreaterThan(0);
    for (const secret of [key, token]) expect(rows + lines.join("")).not.toContain(secret);
    await logged.close();
  });

  it("says beside the field that a key opens nothing, and does not show it again", async () => {
    const answer = await desk.signIn("hpn_not-a-key");
    const page = await answer.text();
    expect([answer.status, answer.headers.get("set-cookie")]).toEqual([422, null]);
    expect(page).toContain("This key opens nothing");
    expect(page).toContain('aria-describedby="key-hint key-error"');
    expect(page).not.toContain("not-a-key");
  });

  it("lets one network try thirty times an hour", async () => {
    for (let time = 0; time < 30; time += 1) expect((await desk.signIn("hpn_wrong")).status).toBe(422);
    const refused = await desk.signIn();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3000);
    desk.clock.advance(3_600_001);
    expect((await desk.signIn()).status).toBe(303);
  });

  it.each([
    "https://evil.example/admin",
    "//evil.example",
    "/admin@evil.example",
    "/admin\\evil",
    "javascript:alert(1)",
  ])("leads to the overview, not to %s", async (to) => {
    const answer = await desk.post("/admin/sign-in", { key: ADMIN_KEY, to });
    expect(answer.headers.get("location")).toBe("/admin");
  });

  it("is not asked again of whoever follows a link from a mail or another site", async () => {
    const first = await desk.get("/admin/corrections?before=9", { "sec-fetch-site": "cross-site" });
    expect(await first.text()).toContain('<meta http-equiv="refresh" content="0;url=/admin/corrections?before=9"/>');
    const then = await desk.get("/admin/corrections?before=9", { "sec-fetch-site": "same-origin" });
    expect(then.status).toBe(303);
  });

  it("opens nothing of the API", async () => {
    await desk.signIn();
    expect((await desk.get("/api/v1/digests")).status).toBe(401);
    expect((await desk.get("/metrics")).status).toBe(401);
  });
});

describe.each(["sqlite", "postgres"])("a session on %s", (engine) => {
  let own: Desk;
  beforeEach(async () => {
    own = await openDesk(engine === "sqlite" ? {} : { env: { DATABASE_URL: await freshDatabaseUrl(inject) } });
  });
  afterEach(() => own.close());
  const isOpen = async () => (await own.get("/admin")).status === 200;

  it("is over after 12 hours, and its row goes when the next person signs in", async () => {
    await own.signIn();
    own.clock.advance(12 * 3_600_000 - 1);
    expect(await isOpen()).toBe(true);
    own.clock.advance(1);
    expect(await isOpen()).toBe(false);
    await own.signIn();
    expect(await own.ctx.db.selectFrom("editor_session").selectAll().execute()).toHaveLength(1);
  });

  it("ends with signing out, on the server too", async () => {
    await own.signIn();
    const held = own.cookie;
    const answer = await own.post("/admin/sign-out");
    expect(answer.headers.get("location")).toBe("/admin/sign-in?said=out");
    expect(answer.headers.get("set-cookie")).toContain("Max-Age=0");
    own.cookie = held;
    expect(await isOpen()).toBe(false);
  });

  it("ends at once with the key that opened it, and a new key of the same name does not bring it back", async () => {
    await own.signInAs("Ana", "editor");
    expect(await isOpen()).toBe(true);
    await revokeEditor(own.ctx, "Ana");
    expect(await isOpen()).toBe(false);
    await addEditor(own.ctx, { name: "Ana", role: "admin" });
    expect(await isOpen()).toBe(false);
  });

  it("of the bootstrap key ends when that key is changed or taken away", async () => {
    await own.signIn();
    own.ctx.config.adminApiKey = "another-admin-key-0123456789";
    expect(await isOpen()).toBe(false);
    own.ctx.config.adminApiKey = null;
    expect(await isOpen()).toBe(false);
    own.ctx.config.adminApiKey = ADMIN_KEY;
    expect(await isOpen()).toBe(true);
  });
});

describe("every page of the desk", () => {
  it("may load nothing from elsewhere, is kept by no cache, and is listed by no search engine", async () => {
    for (const path of ["/admin/sign-in", ...PAGES, "/admin/nowhere"]) {
      if (path !== "/admin/sign-in") await desk.signIn();
      const { headers } = await desk.get(path);
      expect(headers.get("content-security-policy"), path).toContain("default-src 'none'");
      expect(headers.get("content-security-policy"), path).toContain("frame-ancestors 'none'");
      expect(headers.get("cache-control"), path).toBe("no-store");
      expect(headers.get("x-robots-tag"), path).toBe("noindex");
    }
  });

  it("refuses forms that another site posts, signing in and out among them", async () => {
    await desk.signIn();
    const paths = ["/admin/sign-in", "/admin/sign-out", "/admin/sources", "/admin/articles/x/correct"];
    const foreign = [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "null", "sec-fetch-site": "cross-site" },
      { origin: "http://localhost.evil.example" },
      {},
    ];
    for (const path of paths) {
      for (const headers of foreign) {
        const answer = await desk.post(path, { key: ADMIN_KEY }, headers as typeof FROM_HERE);
        expect([answer.status, path]).toEqual([403, path]);
        expect(await answer.text()).toContain("This came from another site");
      }
    }
    expect((await desk.get("/admin")).status).toBe(200);
  });

  it("answers errors with a page in words, and one that is typed when nobody is signed in loses nothing", async () => {
    const signedOut = await desk.post("/admin/sources", { url: "https://calm.example/feed" });
    expect([signedOut.status, await signedOut.text()]).toEqual([403, expect.stringContaining("no longer signed in")]);
    await desk.signIn();
    const missing = await desk.get("/admin/articles/none");
    expect([missing.status, await missing.text()]).toEqual([404, expect.stringContaining("There is nothing here")]);
    const method = await desk.post("/admin/articles");
    expect(method.status).toBe(405);
  });
});

describe("a viewer", () => {
  it("sees every page and no way to change anything, and is refused by all that would", async () => {
    await desk.signInAs("Guest", "viewer");
    for (const path of PAGES) {
      const answer = await desk.get(path);
      expect(answer.status).toBe(200);
      const forms = [...(await answer.text()).matchAll(/<form[^>]*action="([^"]*)"/g)].map(([, action]) => action);
      expect(forms, path).toEqual(["/admin/sign-out"]);
    }
    for (const path of ["/admin/sources", "/admin/articles/x/correct", "/admin/articles/x/events/1/note"]) {
      const answer = await desk.post(path);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("role viewer")]);
    }
    expect((await desk.get("/admin/articles/x/correct")).status).toBe(403);
    expect((await desk.get("/admin/sources/x/remove")).status).toBe(403);
  });
});
