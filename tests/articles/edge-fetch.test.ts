import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createEdgeFetch } from "../../src/articles/edge-fetch.ts";
import { InvalidError, UnavailableError } from "../../src/errors.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const HTML = { "content-type": "text/html; charset=utf-8" };
const near = (limits: { timeoutMs?: number; maxBytes?: number } = {}) =>
  createEdgeFetch({ allowPrivate: true, ...limits });

describe("a page fetched with the runtime's own fetch", () => {
  it("comes from where its redirects led", async () => {
    const origin = await serve((request, response) => {
      if (request.url === "/old") response.writeHead(301, { location: "/new" }).end();
      else response.writeHead(200, HTML).end("<p>Ärzte</p>");
    });
    expect(await near()(`${origin}/old`)).toEqual({
      url: `${origin}/new`,
      body: "<p>Ärzte</p>",
      contentType: HTML["content-type"],
    });
  });

  it.each(["http://169.254.169.254/", "http://10.0.0.1/", "http://[::1]/", "http://example.org:8080/", "ftp://a.org/"])(
    "is not asked for at %s",
    async (url) => {
      await expect(createEdgeFetch()(url)).rejects.toThrow(InvalidError);
    },
  );

  it("is not followed to the metadata service", async () => {
    const origin = await serve((_, response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end());
    await expect(near()(origin)).rejects.toThrow(InvalidError);
  });

  it("is given up after five redirects", async () => {
    let asked = 0;
    const origin = await serve((_, response) => {
      asked += 1;
      response.writeHead(302, { location: "/again" }).end();
    });
    await expect(near()(origin)).rejects.toThrow(/redirects more than 5 times/);
    expect(asked).toBe(6);
  });

  it("is refused when it is too large, not HTML, or stops in the middle", async () => {
    const large = await serve((_, response) => response.writeHead(200, HTML).end("x".repeat(2_000)));
    await expect(near({ maxBytes: 1_000 })(large)).rejects.toThrow(/larger than/);
    const image = await serve((_, response) => response.writeHead(200, { "content-type": "image/png" }).end("x"));
    await expect(near()(image)).rejects.toThrow(/not an HTML page/);
    const stalled = await serve((_, response) => response.writeHead(200, HTML).write("<p>"));
    const failed = near({ timeoutMs: 200 })(stalled);
    await expect(failed).rejects.toThrow(UnavailableError);
    await expect(failed).rejects.toThrow(/did not answer within 0.2 seconds/);
  });
});
