import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { type Post, postByFetch } from "../../src/mail/post.ts";
import { createNodePost } from "../../src/mail/post-by-node.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function server(listener: RequestListener): Promise<string> {
  const listening = createServer(listener).listen(0, "127.0.0.1");
  await once(listening, "listening");
  closing.push(() => {
    listening.close();
    listening.closeAllConnections();
  });
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/emails/batch`;
}

/** Large enough that it does not fit the buffers between two processes. */
const BODY = Buffer.alloc(3_000_000, "a");

function call(post: Post, url: string, signal = AbortSignal.timeout(5000)) {
  return post(url, { headers: { "content-type": "application/json", "x-mark": "1" }, body: BODY, signal });
}

describe.each([
  ["fetch", postByFetch],
  ["node", createNodePost()],
] as const)("posting by %s", (_, post) => {
  it("brings method, headers, length and body over, and the whole answer back", async () => {
    const url = await server(async (request, response) => {
      const { method, headers } = request;
      const bytes = (await buffer(request)).equals(BODY);
      const seen = { method, mark: headers["x-mark"], length: headers["content-length"], bytes };
      response.writeHead(422, { "Retry-After": "7" }).end(JSON.stringify(seen));
    });
    const { status, headers, body } = await call(post, url);
    expect({ status, after: headers["retry-after"] }).toEqual({ status: 422, after: "7" });
    expect(JSON.parse(body)).toEqual({ method: "POST", mark: "1", length: String(BODY.length), bytes: true });
  });

  it("gives every one of many answers, one after the other and at once", async () => {
    const url = await server(async (request, response) => {
      await buffer(request);
      response.end("taken");
    });
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => call(post, url)));
      expect(answers.map((answer) => answer.body)).toEqual(Array.from({ length: 10 }, () => "taken"));
    }
  });

  it("throws when the answer breaks off", async () => {
    const url = await server(async (request, response) => {
      await buffer(request);
      response.writeHead(200, { "content-length": "100" }).write("half");
      setImmediate(() => response.destroy());
    });
    await expect(call(post, url)).rejects.toThrow();
  });

  it("throws when the connection closes without an answer", async () => {
    const url = await server((request) => void request.socket.destroy());
    await expect(call(post, url)).rejects.toThrow();
  });

  it("throws when nobody answers in time", async () => {
    const url = await server(() => undefined);
    await expect(call(post, url, AbortSignal.timeout(50))).rejects.toThrow();
  });
});
