import { load } from "cheerio";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { draftDigest, sendDigest } from "../../src/digests/index.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { openReader, type Reader } from "./reader.ts";

const url = "https://calm.example/depression/morning-light";

let reader: Reader;
beforeEach(async () => {
  reader = await openReader();
});
afterEach(() => reader.close());

const text = async (path: string) => (await reader.app.request(path)).text();

async function sendEdition(): Promise<string> {
  await takeIn(reader.ctx, { html: articlePage(), url });
  const { uid } = await draftDigest(reader.ctx, {});
  await sendDigest(reader.ctx, uid);
  await reader.work();
  return uid;
}

describe("the archive", () => {
  it("says what will stand there while it is empty", async () => {
    expect(await text("/archive")).toContain("Nothing has been sent yet");
    expect(load(await text("/archive.xml"), { xml: true })("entry")).toHaveLength(0);
  });

  it("shows an edition as it was sent, with nothing personal in it", async () => {
    await reader.join("ana@example.org");
    const uid = await sendEdition();
    expect(await text("/archive")).toContain(`/archive/${uid}`);
    const answer = await reader.app.request(`/archive/${uid}`);
    const html = await answer.text();
    expect(html).toContain("Morning light");
    expect(html).not.toMatch(
      /\/(?:preferences|unsubscribe|confirm|not-me)\/|__(?:preferences|unsubscribe|confirm|not-me)__|ana@/,
    );
    expect(html).toContain("http://localhost:3000/subscribe");
    expect(answer.headers.get("content-security-policy")).toContain("style-src 'unsafe-inline'");
    expect(answer.headers.get("content-security-policy")).not.toContain("script-src");
  });

  it("is a feed with stable ids, a self link and escaped titles", async () => {
    await reader.join("ana@example.org");
    const uid = await sendEdition();
    await takeIn(reader.ctx, { html: articlePage({ reviewed: "January 9, 2026" }), url });
    const { uid: odd } = await draftDigest(reader.ctx, { subject: `Fish & "chips" <b>`, events: [2] });
    const { uid: unread } = await draftDigest(reader.ctx, { events: [1] });
    await sendDigest(reader.ctx, unread);
    reader.clock.advance(60_000);
    await sendDigest(reader.ctx, odd);
    await reader.work();
    const answer = await reader.app.request("/archive.xml");
    expect(answer.headers.get("content-type")).toContain("application/atom+xml");
    const feed = load(await answer.text(), { xml: true });
    expect(feed('link[rel="self"]').attr("href")).toBe("http://localhost:3000/archive.xml");
    expect(feed("feed > author > name").text()).toBe("HeyPsych");
    const ids = feed("entry > id")
      .map((_, id) => feed(id).text().replace("urn:uuid:", "").replaceAll("-", ""))
      .get();
    expect(ids).toEqual([odd, uid]);
    expect(feed("entry > title").first().text()).toBe(`Fish & "chips" <b>`);
    expect(feed("feed > updated").text()).toBe(feed("entry > updated").first().text());
  });
});

describe("what changed in an article", () => {
  it("is told version by version, with its dates and reviewers", async () => {
    await takeIn(reader.ctx, { html: articlePage(), url });
    const costs = MORNING_LIGHT["What it costs"]?.replace("80 to 140", "60 to 120") ?? "";
    const sections = {
      ...MORNING_LIGHT,
      "What it costs": costs,
      "Who should wait": "People with some eye conditions.",
    };
    await takeIn(reader.ctx, { html: articlePage({ reviewed: "January 9, 2026", sections }), url });
    const page = load(await text("/changes/morning-light"));
    expect(
      page("h2")
        .map((_, one) => page(one).text())
        .get(),
    ).toEqual(["Version 2", "Version 1"]);
    expect(
      page(".changes dt")
        .map((_, one) => page(one).text())
        .get(),
    ).toEqual(["What it costs", "Who should wait", "Last updated", "Last reviewed"]);
    expect(page(".changes").text()).toContain("January 9, 2026; it was March 4, 2025");
    expect(page(".changes").text()).toContain("60 to 120");
    expect(page(".facts").text()).toContain("January 9, 2026");
    expect(page(".facts").text()).toContain("Calm Pages Review Panel");
    expect(load(await text("/changes/morning-light?lang=es"))(".facts").text()).toContain("9 de enero de 2026");
  });

  it("shows what an article says as text, whatever it says", async () => {
    const sections = {
      ...MORNING_LIGHT,
      "A <b>bold</b> &lt;script&gt;alert(1)&lt;/script&gt; heading": "Some text that is long enough.",
    };
    await takeIn(reader.ctx, { html: articlePage(), url });
    await takeIn(reader.ctx, { html: articlePage({ reviewed: "January 9, 2026", sections }), url });
    expect(await text("/changes/morning-light")).not.toContain("<script>alert");
  });
});

describe("the form for other sites", () => {
  it("is one small script that any site may load", async () => {
    const answer = await reader.app.request("/embed.js");
    const script = await answer.text();
    expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(() => new Function(script)).not.toThrow();
    const zipped = await new Response(
      new Blob([script]).stream().pipeThrough(new CompressionStream("gzip")),
    ).arrayBuffer();
    expect(zipped.byteLength).toBeLessThan(6000);
  });
});

describe("the mailbox", () => {
  it("shows each part of a captured mail, and its source as a file", async () => {
    await reader.post("/subscribe", { email: "ana@example.org" });
    await reader.work();
    const list = load(await text("/mailbox"));
    const path = list(".entry-title a").attr("href") ?? "";
    expect(load(await text(path))("iframe").attr("sandbox")).not.toMatch(/allow-scripts|allow-same-origin/);
    const html = await reader.app.request(`${path}/html`);
    expect(await html.text()).toContain("Confirm my subscription");
    expect(html.headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'self'.*sandbox/);
    expect(await text(`${path}?part=text`)).toContain("/confirm/");
    expect(await text(`${path}?part=headers`)).toContain("Auto-Submitted");
    expect(await text(`${path}?part=source`)).toContain("MIME-Version");
    const file = await reader.app.request(`${path}/source`);
    expect(file.headers.get("content-type")).toBe("message/rfc822");
    expect(await file.text()).toMatch(/^From: /m);
    expect((await reader.app.request("/mailbox/999")).status).toBe(404);
  });

  it("is not there when mail is sent for real", async () => {
    const real = await openReader({ env: { SMTP_URL: "smtp://127.0.0.1:1" } });
    expect((await real.app.request("/mailbox")).status).toBe(404);
    await real.close();
  });
});
