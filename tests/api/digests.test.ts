import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importSubscribers } from "../../src/subscribers/index.ts";
import { articlePage } from "../support/article-page.ts";
import { csv, type Door, line, openDoor } from "./door.ts";

const URL_OF_PAGE = "https://calm.example/depression/morning-light";
const HTML = { "content-type": "text/html" };

let door: Door;
beforeEach(async () => {
  door = await openDoor();
  await importSubscribers(
    door.ctx,
    csv(line("ana@example.org"), line("ben@example.org", "adhd"), line("eva@example.org")),
  );
});
afterEach(() => door.close());

const takeIn = (page: string) => door.api("POST", `/articles/import?url=${URL_OF_PAGE}`, { body: page, headers: HTML });

async function drafted(): Promise<string> {
  await takeIn(articlePage());
  const { json } = await door.api("POST", "/digests", { body: { events: "new" } });
  return json.id as string;
}

describe("articles by API", () => {
  it("a page answers 201 at first sight, then 200 and no event for the same page again", async () => {
    const first = await takeIn(articlePage());
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({
      version: 1,
      event: { seq: 1, kind: "published" },
      article: { url: URL_OF_PAGE },
    });
    expect(Object.keys(first.json).sort()).toEqual(["article", "event", "version", "warnings"]);
    const again = await takeIn(articlePage());
    expect([again.status, again.json.event, again.json.version]).toEqual([200, null, 1]);
  });

  it("a page by its address is fetched, and a backfill tells nobody", async () => {
    const other = await openDoor({ pages: { [URL_OF_PAGE]: articlePage() } });
    const { status, json } = await other.api("POST", "/articles/import?backfill=true", { body: { url: URL_OF_PAGE } });
    expect([status, json.event]).toEqual([201, null]);
    expect((await other.api("GET", "/events")).json).toEqual({ events: [], next: null });
    await other.close();
  });

  it.each([
    ["no address", "/articles/import", "<html></html>", HTML, 422],
    ["a page with no article in it", `/articles/import?url=${URL_OF_PAGE}`, "<p>Nothing</p>", HTML, 422],
    ["broken JSON", "/articles/import", "{", { "content-type": "application/json" }, 400],
    ["another media type", "/articles/import", "x", { "content-type": "application/pdf" }, 415],
    ["a page over the limit", `/articles/import?url=${URL_OF_PAGE}`, "x".repeat(7_000_000), HTML, 413],
  ])("refuses %s and keeps nothing", async (_name, path, body, headers, status) => {
    const answer = await door.api("POST", path, { body, headers });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    expect((await door.api("GET", "/articles")).json).toMatchObject({ articles: [] });
  });

  it("a CMS says what an article says, and the versions and events can be read", async () => {
    const body = {
      url: URL_OF_PAGE,
      title: "Morning light",
      reviewedOn: "2026-01-05",
      sections: [{ heading: "What", text: "Light." }],
    };
    expect((await door.api("PUT", "/articles/morning-light", { body })).status).toBe(201);
    const revised = { ...body, reviewedOn: "2026-01-09", sections: [{ heading: "What", text: "More light." }] };
    const { status, json } = await door.api("PUT", "/articles/morning-light", { body: revised });
    expect(status).toBe(200);
    expect(json.event).toMatchObject({ seq: 2, kind: "re-reviewed", changes: { changed: ["What"] } });
    const article = (await door.api("GET", "/articles/morning-light")).json;
    expect(article).toMatchObject({ article: { slug: "morning-light" }, versions: [{}, {}], events: [{}, {}] });
    const { json: page } = await door.api("GET", "/events?limit=1");
    expect(page).toMatchObject({ events: [{ seq: 1 }] });
    expect((await door.api("GET", `/events?cursor=${page.next}`)).json).toMatchObject({
      events: [{ seq: 2 }],
      next: null,
    });
    expect((await door.api("GET", "/articles/unknown")).status).toBe(404);
  });
});

describe("digests by API", () => {
  it("a draft answers 201 with its place and the shape that scripts rely on", async () => {
    await takeIn(articlePage());
    const answer = await door.api("POST", "/digests", { body: { subject: "Light", intro: "Hello." } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe(`/api/v1/digests/${answer.json.id}`);
    const none = {
      queued: 0,
      submitted: 0,
      delivered: 0,
      bounced: 0,
      complained: 0,
      failed: 0,
      unknown: 0,
      skipped: 0,
    };
    expect(answer.json).toMatchObject({
      status: "draft",
      subject: "Light",
      events: [1],
      counts: { candidates: 0, excluded: {}, ...none },
    });
    expect((await door.api("GET", `/digests/${answer.json.id}`)).json).toEqual(answer.json);
  });

  it("a draft needs no body at all", async () => {
    expect((await door.api("POST", "/digests")).status).toBe(201);
  });

  it.each([
    { events: [99] },
    { events: "old" },
    { topics: ["gardening"] },
    { sendAt: "tomorrow" },
    { subject: "a\nb" },
  ])("refuses the draft %j and names the field", async (body) => {
    const answer = await door.api("POST", "/digests", { body });
    expect(answer.status).toBe(422);
    expect(answer.json.errors).toMatchObject([{ field: Object.keys(body)[0] }]);
    expect((await door.api("GET", "/digests")).json).toEqual({ digests: [], next: null });
  });

  it("triggering twice answers 202 twice and sends once", async () => {
    const id = await drafted();
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await door.api("POST", `/digests/${id}/send`);
      expect([answer.status, answer.json.status]).toEqual([202, "sending"]);
    }
    await door.work();
    expect((await door.api("POST", `/digests/${id}/send`)).status).toBe(202);
    await door.work();
    const { json } = await door.api("GET", `/digests/${id}`);
    expect(json).toMatchObject({
      status: "sent",
      counts: { candidates: 3, submitted: 2, excluded: { "nothing-new": 1 } },
    });
    const mails = await door.ctx.db.selectFrom("captured_mail").select("id").execute();
    expect(mails).toHaveLength(2);
  });

  it("pauses, resumes and cancels; what its state does not allow is a conflict", async () => {
    const id = await drafted();
    const act = async (verb: string) => {
      const { status, json } = await door.api("POST", `/digests/${id}/${verb}`);
      return [status, json.status];
    };
    expect(await act("pause")).toEqual([409, 409]);
    await act("send");
    expect(await act("pause")).toEqual([200, "paused"]);
    expect(await act("resume")).toEqual([200, "sending"]);
    expect(await act("cancel")).toEqual([200, "cancelled"]);
    expect(await act("send")).toEqual([409, 409]);
    expect(await act("retry")).toEqual([409, 409]);
  });

  it("previews by Accept and by part, with nothing in it that could run", async () => {
    const id = await drafted();
    const html = await door.api("GET", `/digests/${id}/preview`);
    expect(html.headers.get("content-type")).toContain("text/html");
    expect(html.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
    expect(html.text).toContain("Morning light");
    const text = await door.api("GET", `/digests/${id}/preview`, { headers: { accept: "text/plain" } });
    expect(text.headers.get("content-type")).toContain("text/plain");
    const { json } = await door.api("GET", `/digests/${id}/preview?part=json`);
    expect(json).toMatchObject({ html: html.text, text: text.text });
    expect(json.subject).toContain("Morning light");
    expect((await door.api("GET", "/digests/unknown/preview")).status).toBe(404);
  });

  it("sends a test to one address, outside the ledger", async () => {
    const id = await drafted();
    expect((await door.api("POST", `/digests/${id}/test`, { body: { to: "not an address" } })).status).toBe(422);
    const answer = await door.api("POST", `/digests/${id}/test`, { body: { to: "editor@example.org" } });
    expect([answer.status, answer.json]).toEqual([202, { status: "submitted" }]);
    expect((await door.api("GET", `/digests/${id}/deliveries`)).json).toEqual({ deliveries: [], next: null });
  });

  it("tells the audience before and after, and the two agree", async () => {
    const id = await drafted();
    const before = await door.api("GET", `/digests/${id}/audience`);
    const counts = { candidates: 3, receiving: 2, excluded: { "nothing-new": 1 } };
    const summary = "3 readers match, 2 will get it. 1 will not, because 1 has nothing new in it.";
    expect(before.json).toEqual({
      frozen: false,
      status: "draft",
      ...counts,
      deliveries: null,
      skipped: {},
      summary,
    });
    await door.api("POST", `/digests/${id}/send`);
    await door.work();
    expect((await door.api("GET", `/digests/${id}/audience`)).json).toEqual({
      frozen: true,
      status: "sent",
      ...counts,
      deliveries: { submitted: 2 },
      skipped: {},
      summary:
        "3 readers match, 2 were to get it. 1 will not, because 1 has nothing new in it. Of those who get it, 2 were taken by the provider.",
    });
  });

  it("gives the ledger in pages, as CSV and as JSON lines, and no address in any of them", async () => {
    const id = await drafted();
    await door.api("POST", `/digests/${id}/send`);
    await door.work();
    const path = `/digests/${id}/deliveries`;
    const first = await door.api("GET", `${path}?limit=1`);
    const rest = await door.api("GET", `${path}?limit=1&cursor=${first.json.next}`);
    const rows = [...(first.json.deliveries as object[]), ...(rest.json.deliveries as object[])];
    expect(rows).toMatchObject([{ status: "submitted" }, { status: "submitted" }]);
    const asCsv = await door.api("GET", path, { headers: { accept: "text/csv" } });
    expect(asCsv.headers.get("content-type")).toContain("text/csv");
    expect(asCsv.text.trim().split("\r\n")).toHaveLength(3);
    expect(asCsv.text).toMatch(/^id,subscriber,status,reason,providerId,submittedAt,eventAt\r\n/);
    const asLines = await door.api("GET", path, { headers: { accept: "application/x-ndjson" } });
    expect(
      asLines.text
        .trim()
        .split("\n")
        .map((text) => JSON.parse(text)),
    ).toEqual(rows);
    for (const { text } of [first, rest, asCsv, asLines]) expect(text).not.toContain("example.org");
    expect((await door.api("GET", `${path}?status=failed`)).json).toMatchObject({ deliveries: [] });
    expect((await door.api("GET", `${path}?status=lost`)).status).toBe(422);
    expect((await door.api("GET", `${path}?cursor=abc`)).status).toBe(422);
  });

  it("lists digests newest first, page by page", async () => {
    for (const subject of ["one", "two", "three"]) await door.api("POST", "/digests", { body: { subject } });
    const subjects = (json: Record<string, unknown>) =>
      (json.digests as { subject: string }[]).map((digest) => digest.subject);
    const first = await door.api("GET", "/digests?limit=2");
    expect(subjects(first.json)).toEqual(["three", "two"]);
    expect(subjects((await door.api("GET", `/digests?limit=2&cursor=${first.json.next}`)).json)).toEqual(["one"]);
    expect((await door.api("GET", "/digests?limit=0")).status).toBe(422);
  });
});

describe("GET /api/v1/digests/:id/progress", () => {
  it("says where the digest stands, then each change, and ends with the last", async () => {
    const id = await drafted();
    await door.api("POST", `/digests/${id}/send`);
    const headers = { authorization: "Bearer test-admin-key-0123456789" };
    const response = await door.request(`/api/v1/digests/${id}/progress`, { headers });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const reading = response.text();
    await door.work();
    const events = eventsIn(await reading);
    expect(events.map(({ event }) => event)).toEqual([...Array(events.length - 1).fill("progress"), "end"]);
    expect(events.map(({ id }) => id)).toEqual([...events.slice(1).map((_, place) => String(place + 1)), "end"]);
    expect(events[0]).toMatchObject({ retry: "3000", digest: { status: "sending" } });
    expect(events.at(-1)?.digest).toMatchObject({ status: "sent", counts: { submitted: 2 }, skippedBecause: {} });
    const again = await door.request(`/api/v1/digests/${id}/progress`, {
      headers: { ...headers, "last-event-id": "end" },
    });
    expect(again.status).toBe(204);
  });

  it("needs a key", async () => {
    const id = await drafted();
    expect((await door.api("GET", `/digests/${id}/progress`, { key: null })).status).toBe(401);
  });

  it("answers an unknown digest with a problem and no stream", async () => {
    expect((await door.api("GET", "/digests/unknown/progress")).status).toBe(404);
  });
});

interface Told {
  event?: string;
  id?: string;
  retry?: string;
  digest: Record<string, unknown>;
}

/** The events of a stream (WHATWG HTML, 9.2), comments left out. */
function eventsIn(text: string): Told[] {
  const blocks = text.split("\n\n").filter((block) => block !== "" && !block.startsWith(":"));
  return blocks.map((block) => {
    const { data = "{}", ...fields } = Object.fromEntries(
      block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
    ) as Record<string, string>;
    return { ...fields, digest: JSON.parse(data) as Record<string, unknown> };
  });
}
