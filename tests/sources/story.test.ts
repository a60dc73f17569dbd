import { afterEach, describe, expect, it } from "vitest";
import { fixture } from "../articles/pages.ts";
import { articlePage } from "../support/article-page.ts";
import { type Follower, HOUR, openFollower } from "./follow.ts";
import { type Publisher, rss, startPublisher } from "./publisher.ts";

let publisher: Publisher;
let follower: Follower;
afterEach(async () => {
  await follower.close();
  await publisher.close();
});

describe.each(["sqlite", "postgres"] as const)("following a publisher, on %s", (on) => {
  it("takes the backlog in silently, tells a re-review that shows on the page alone, and outlives a day's outage", async () => {
    publisher = await startPublisher();
    follower = await openFollower({ on });
    const { origin } = publisher;
    publisher.put("/feed.xml", rss(origin, [{ path: "/light-therapy/" }]));
    publisher.put("/light-therapy/", fixture("light-therapy-earlier"));
    publisher.put("/", `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>`);

    // Set-up, by the address of a page that names its feed: a version, no event.
    const uid = await follower.follow(`${origin}/`);
    expect(await follower.source(uid)).toMatchObject({
      url: `${origin}/feed.xml`,
      kind: "feed",
      title: "Calm Pages",
      status: "ok",
      pages: { known: 1, taken: 1, waiting: 0 },
      troubles: [],
    });
    expect(await follower.events()).toEqual([]);

    // Nothing changed: the feed and the page are asked for and answer 304.
    publisher.requests.length = 0;
    follower.clock.advance(HOUR);
    await follower.poll(uid);
    expect(publisher.requests).toEqual(["/feed.xml 304", "/light-therapy/ 304"]);

    // The page is re-reviewed, and its feed says nothing of it.
    publisher.put("/light-therapy/", fixture("light-therapy"));
    await follower.poll(uid);
    expect(await follower.events()).toEqual(["re-reviewed light-therapy"]);
    await follower.poll(uid);
    expect(await follower.events()).toHaveLength(1);

    // The server is down: retrying at first, failing after a day.
    await publisher.down();
    follower.clock.advance(HOUR);
    await follower.sweep();
    expect(await follower.source(uid)).toMatchObject({
      status: "retrying",
      lastError: expect.stringContaining("could not be fetched"),
    });
    for (let hours = 0; hours < 26; hours += 2) {
      follower.clock.advance(2 * HOUR);
      await follower.sweep();
    }
    expect(await follower.source(uid)).toMatchObject({ status: "failing", pages: { known: 1, taken: 1 } });

    // It is back, with what was published meanwhile: nothing is lost.
    publisher.put("/feed.xml", rss(origin, [{ path: "/morning-light/" }, { path: "/light-therapy/" }]));
    publisher.put("/morning-light/", articlePage());
    await publisher.up();
    follower.clock.advance(4 * HOUR);
    await follower.sweep();
    expect(await follower.source(uid)).toMatchObject({ status: "ok", failingSince: null, lastError: null });
    expect(await follower.events()).toEqual(["re-reviewed light-therapy", "published morning-light"]);
  });
});
