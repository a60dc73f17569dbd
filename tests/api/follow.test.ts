import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { draftDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import { followDigests } from "../../src/http/follow-digests.ts";
import { type TestContext, testContext } from "../support/context.ts";
import { publishArticles } from "../support/editions.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { until } from "../support/until.ts";

let world: TestContext;
let uid: string;
let asked: number;
beforeEach(async () => {
  world = await testContext();
  await addReaders(world.ctx, manyAddresses(3));
  await publishArticles(world.ctx);
  ({ uid } = await draftDigest(world.ctx, {}));
  await sendDigest(world.ctx, uid);
  await planDigest(world.ctx, 1);
});
afterEach(() => world.close());

/** A door that looks every few milliseconds; `asked` counts the looks of its watches, first ones apart. */
function door({ silenceMs = 60_000 } = {}) {
  asked = 0;
  const { db } = world.ctx;
  const counting = new Proxy(db, {
    get(target, name, receiver) {
      if (name !== "selectFrom") return Reflect.get(target, name, receiver);
      return (table: "digest_tally") => {
        if (table === "digest_tally") asked += 1;
        return target.selectFrom(table);
      };
    },
  });
  const follow = followDigests({ ...world.ctx, db: counting }, (report) => report, { lookMs: 5, silenceMs });
  return new Hono().get("/:id", (c) => follow(c, c.req.param("id")));
}

interface Client {
  text(): string;
  leave(): Promise<void>;
}

async function listen(app: Hono): Promise<Client> {
  const response = await app.request(`/${uid}`);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let heard = "";
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard += new TextDecoder().decode(value);
    }
  })();
  return {
    text: () => heard,
    leave: async () => {
      await reader.cancel();
      await reading;
    },
  };
}

describe("following a digest", () => {
  it("looks once for all who follow it, tells each only what changed, and ends for all", async () => {
    const app = door();
    const clients = await Promise.all(Array.from({ length: 20 }, () => listen(app)));
    await until("the first event", () => clients.every((client) => client.text().includes("event: progress")));
    const first = asked;
    await until("five looks", () => asked >= first + 5);
    expect(first).toBeLessThan(2 * 20);
    expect(clients.map((client) => client.text().match(/event:/g)?.length)).toEqual(Array(20).fill(1));
    await world.work();
    await until("the end", () => clients.every((client) => client.text().includes("event: end")));
    const ended = asked;
    for (const client of clients) expect(client.text()).toMatch(/^event: progress\ndata: .*\nid: 1\nretry: 3000\n\n/);
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toBe(ended);
  });

  it("says that it is still there where nothing changes", async () => {
    const client = await listen(door({ silenceMs: 10 }));
    await until("two comments", () => (client.text().match(/^: still here$/gm)?.length ?? 0) >= 2);
    await client.leave();
  });

  it("looks no more once everybody has left", async () => {
    const app = door();
    const [one, two] = [await listen(app), await listen(app)];
    await until("a look", () => asked > 3);
    await one.leave();
    const then = asked;
    await until("looks for the other", () => asked > then + 2);
    await two.leave();
    const left = asked;
    const third = await listen(app);
    await until("looks for a new one", () => asked > left + 3);
    await third.leave();
  });
});
