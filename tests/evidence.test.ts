import { afterEach, describe, expect, it } from "vitest";
import { takeIn } from "../src/articles/index.ts";
import { buildDue, correctArticle, getCorrection } from "../src/digests/index.ts";
import { createResendMailer } from "../src/mail/resend.ts";
import { fixture } from "./articles/pages.ts";
import { openFollower } from "./sources/follow.ts";
import { rss, startPublisher } from "./sources/publisher.ts";
import { testClock } from "./support/context.ts";
import { addReaders } from "./support/readers.ts";
import { type Accepted, startResendDouble } from "./support/resend-double/index.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const PATH = "/resources/digital-tools/light-therapy/";
const [TUESDAY, NEXT] = ["2026-01-13T08:00:00Z", "2026-01-20T08:00:00Z"].map(Date.parse) as [number, number];

const to = (messages: readonly Accepted[]) => messages.map((message) => message.to.split("@")[0]).sort();

describe.each(["sqlite", "postgres"] as const)("an article that is revised, on %s", (on) => {
  it("is told as it stood, then with what its review changed, and its mistake is corrected to whoever was sent it", async () => {
    const clock = testClock(Date.parse("2026-01-12T12:00:00Z"));
    const publisher = await startPublisher();
    const resend = await startResendDouble({ rateLimit: null, clock });
    const mailer = createResendMailer({ apiKey: "re_test", baseUrl: resend.url, clock });
    const world = await openFollower({ on, clock, mailer });
    closing.push(publisher.close, resend.close, world.close);
    const { ctx } = world;
    const tick = async (at?: number) => {
      if (at !== undefined) clock.set(at);
      await buildDue(ctx);
      await world.work();
    };
    const sent = (from: number) => resend.messages().slice(from);

    // The publisher's page as it stood first; its feed names it, and readers of both topics and of another wait.
    const url = `${publisher.origin}${PATH}`;
    publisher.put("/feed.xml", rss(publisher.origin, [{ path: PATH }]));
    publisher.put(PATH, fixture("light-therapy-earlier"));
    await addReaders(ctx, ["ana@example.org", "ben@example.org"]);
    await addReaders(ctx, ["cora@example.org"], { topics: ["digital-tools"], cadence: "monthly" });
    await addReaders(ctx, ["dora@example.org"], { topics: ["adhd"] });
    await tick();
    await takeIn(ctx, { html: fixture("light-therapy-earlier"), url });
    const source = await world.follow(`${publisher.origin}/feed.xml`);
    expect(await world.events()).toEqual(["published light-therapy"]);

    // The weekly edition tells it.
    await tick(TUESDAY);
    expect(to(sent(0))).toEqual(["ana", "ben"]);
    await addReaders(ctx, ["eva@example.org"], { watermark: 1 });

    // The page is re-reviewed; the feed says nothing, the next look at the page does.
    publisher.put(PATH, fixture("light-therapy"));
    await world.poll(source);
    expect(await world.events()).toEqual(["published light-therapy", "re-reviewed light-therapy"]);
    await tick(NEXT);
    expect(to(sent(2))).toEqual(["ana", "ben", "eva"]);
    for (const { email } of sent(2)) {
      expect(email?.subject).toContain("Re-reviewed");
      for (const part of [email?.html, email?.text]) expect(part).toContain("What it costs");
      expect(email?.text).toMatch(/\$80-140.*\$95-160|\$95-160.*\$80-140/s);
    }

    // The earlier cost is marked wrong: exactly those who were sent the earlier version are told, whatever comes next.
    const mistake = { version: 1, wrong: "A tested lamp costs $80-140", right: "A tested lamp costs $95-160" };
    const { correction } = await correctArticle(ctx, "light-therapy", mistake, null);
    await world.work();
    expect(to(sent(5))).toEqual(["ana", "ben"]);
    for (const { email } of sent(5)) expect(email?.text).toContain("$80-140");
    const { reach, versions } = await getCorrection(ctx, correction.seq);
    expect([versions, reach.told, reach.submitted]).toEqual([[1], 2, 2]);
    await tick(NEXT + 7 * 86_400_000);
    expect(sent(7)).toEqual([]);

    // The monthly reader, who was never sent the mistake, is told the article as it stands now.
    await tick(Date.parse("2026-02-03T08:00:00Z"));
    expect(to(sent(7))).toEqual(["cora"]);
    const cora = sent(7)[0]?.email;
    expect(cora?.text).toContain("Light therapy for winter depression");
    expect(cora?.text).toContain("$95-160");
  });
});
