import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { UnavailableError } from "../../src/errors.ts";
import { sweepSources } from "../../src/sources/index.ts";
import { articlePage } from "../support/article-page.ts";
import { type Door, openDoor } from "./door.ts";

const SECRET = `whsec_${Buffer.from("a secret of the tests, long enough").toString("base64")}`;
const URL_OF_PAGE = "https://calm.example/depression/morning-light";

let door: Door;
afterEach(() => door.close());

function signed(
  body: string,
  {
    prefix,
    secret = SECRET,
    at = new Date(),
    id = "msg_1",
  }: { prefix: "svix" | "webhook"; secret?: string; at?: Date; id?: string },
) {
  const seconds = Math.floor(at.getTime() / 1000);
  const signature = new Webhook(secret).sign(id, new Date(seconds * 1000), body);
  return { [`${prefix}-id`]: id, [`${prefix}-timestamp`]: `${seconds}`, [`${prefix}-signature`]: signature };
}

const post = (path: string, body: string, headers: Record<string, string>) =>
  door.request(path, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

describe("POST /webhooks/resend", () => {
  const env = { RESEND_API_KEY: "re_test", RESEND_WEBHOOK_SECRET: SECRET, RESEND_BASE_URL: "http://127.0.0.1:9" };
  const notice = (type: string) =>
    JSON.stringify({
      type,
      created_at: new Date().toISOString(),
      data: { email_id: "e1", to: ["ana@example.org"], tags: { digest: "d", delivery: "1" } },
    });
  const stored = () => door.ctx.db.selectFrom("provider_event").selectAll().execute();

  it("stores a notice once however often it comes, with no address in it", async () => {
    door = await openDoor({ env });
    const body = notice("email.delivered");
    const headers = signed(body, { prefix: "svix", at: new Date(door.clock()) });
    for (let turn = 0; turn < 3; turn += 1) expect((await post("/webhooks/resend", body, headers)).status).toBe(204);
    const events = await stored();
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain("ana@");
  });

  it("answers 2xx to types of no interest and stores nothing", async () => {
    door = await openDoor({ env });
    const body = notice("email.opened");
    const response = await post("/webhooks/resend", body, signed(body, { prefix: "svix", at: new Date(door.clock()) }));
    expect([response.status, await stored()]).toEqual([204, []]);
  });

  it("answers 400 to a wrong, an old and a missing signature, and stores nothing", async () => {
    door = await openDoor({ env });
    const body = notice("email.delivered");
    const other = `whsec_${Buffer.from("another secret of the tests").toString("base64")}`;
    const now = new Date(door.clock());
    for (const headers of [
      signed(body, { prefix: "svix", secret: other, at: now }),
      signed(body, { prefix: "svix", at: new Date(door.clock() - 600_000) }),
      signed(`${body} `, { prefix: "svix", at: now }),
      {},
    ]) {
      const response = await post("/webhooks/resend", body, headers as Record<string, string>);
      expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    }
    expect(await stored()).toEqual([]);
  });

  it("answers 413 to what is too large, and 404 where no secret is set", async () => {
    door = await openDoor({ env });
    expect((await post("/webhooks/resend", "x".repeat(1_100_000), {})).status).toBe(413);
    await door.close();
    door = await openDoor();
    expect((await post("/webhooks/resend", "{}", {})).status).toBe(404);
  });
});

describe("POST /webhooks/cms", () => {
  const open = () => openDoor({ env: { CMS_WEBHOOK_SECRET: SECRET }, pages: { [URL_OF_PAGE]: articlePage() } });
  const body = JSON.stringify({ type: "article.published", data: { url: URL_OF_PAGE } });

  it("takes the page in, once, when the signature fits", async () => {
    door = await open();
    for (let turn = 0; turn < 2; turn += 1) {
      expect((await post("/webhooks/cms", body, signed(body, { prefix: "webhook" }))).status).toBe(202);
    }
    expect((await door.api("GET", "/events")).json).toMatchObject({
      events: [{ seq: 1, kind: "published" }],
      next: null,
    });
  });

  it("answers 400 to a wrong signature, 422 to a notice without an address, and takes nothing in", async () => {
    door = await open();
    expect((await post("/webhooks/cms", body, signed(`${body} `, { prefix: "webhook" }))).status).toBe(400);
    expect((await post("/webhooks/cms", body, {})).status).toBe(400);
    const bare = JSON.stringify({ type: "article.published", data: {} });
    expect((await post("/webhooks/cms", bare, signed(bare, { prefix: "webhook" }))).status).toBe(422);
    const other = JSON.stringify({ type: "comment.added", data: {} });
    expect((await post("/webhooks/cms", other, signed(other, { prefix: "webhook" }))).status).toBe(202);
    expect((await door.api("GET", "/articles")).json).toMatchObject({ articles: [] });
  });

  it("keeps a page that cannot be had now, and takes it in when it can", async () => {
    let down = true;
    const fetchPage = async (url: string) => {
      if (down) throw new UnavailableError(`${url} did not answer within 10 seconds.`);
      return { url, body: articlePage(), contentType: "text/html" };
    };
    door = await openDoor({ env: { CMS_WEBHOOK_SECRET: SECRET }, fetchPage });
    const response = await post("/webhooks/cms", body, signed(body, { prefix: "webhook" }));
    expect([response.status, await response.json()]).toEqual([
      202,
      { status: "waiting", reason: expect.stringContaining("did not answer") },
    ]);
    const [source] = (await door.api("GET", "/sources")).json.sources as { id: string }[];
    expect((await door.api("GET", `/sources/${source?.id}`)).json).toMatchObject({
      kind: "notices",
      url: "http://localhost:3000/webhooks/cms",
      pages: { known: 1, failing: 1 },
      troubles: [{ url: URL_OF_PAGE, state: "failing" }],
    });
    down = false;
    door.jobs.length = 0;
    door.clock.advance(600_000);
    await sweepSources(door.ctx);
    await door.work();
    expect((await door.api("GET", "/events")).json).toMatchObject({ events: [{ seq: 1, kind: "published" }] });
    expect((await door.api("GET", "/sources")).json).toMatchObject({
      sources: [{ status: "ok", pages: { taken: 1 } }],
    });
  });

  it("notes a page that holds no article, says so, and reads it again at the next notice", async () => {
    const pages = { [URL_OF_PAGE]: "<p>Soon.</p>" };
    door = await openDoor({ env: { CMS_WEBHOOK_SECRET: SECRET }, pages });
    const notify = async () => (await post("/webhooks/cms", body, signed(body, { prefix: "webhook" }))).json();
    expect(await notify()).toEqual({ status: "refused", reason: expect.stringContaining("no article") });
    pages[URL_OF_PAGE] = articlePage();
    expect(await notify()).toEqual({ status: "taken-in", reason: null });
  });

  it("answers 404 where no secret is set", async () => {
    door = await openDoor();
    expect((await post("/webhooks/cms", body, signed(body, { prefix: "webhook" }))).status).toBe(404);
  });
});
