import type { LookupAddress } from "node:dns";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { isAllowedAddress } from "../../src/articles/address-guard.ts";
import { createGuardedFetch, type GuardedFetchOptions } from "../../src/articles/guarded-fetch.ts";
import { InvalidError, UnavailableError } from "../../src/errors.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server on this machine; gives its origin. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const page = (
  body: string | Buffer,
  headers: Record<string, string> = { "content-type": "text/html" },
): RequestListener => {
  return (_, response) => response.writeHead(200, headers).end(body);
};

/** Lets every host name stand for these addresses. */
function resolving(...addresses: string[]): NonNullable<GuardedFetchOptions["resolve"]> {
  const all = addresses.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 }));
  return ((_host: string, _options: unknown, callback: (error: null, found: LookupAddress[]) => void) =>
    callback(null, all)) as NonNullable<GuardedFetchOptions["resolve"]>;
}

const local = createGuardedFetch({ allowPrivate: true });

describe("an address that a page may be fetched from", () => {
  it.each(["8.8.8.8", "203.1.113.9", "2606:4700:4700::1111"])("is on the open internet: %s", (address) => {
    expect(isAllowedAddress(address, false)).toBe(true);
  });

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::1",
    "2001:db8::1",
    "not an address",
  ])("is not private, local, mapped, translated or tunnelled: %s", (address) => {
    expect(isAllowedAddress(address, false)).toBe(false);
  });

  it("may be on this machine's network when the operator says so, but never the metadata service", () => {
    expect(["127.0.0.1", "::1", "10.1.2.3", "::ffff:127.0.0.1"].map((one) => isAllowedAddress(one, true))).toEqual(
      Array(4).fill(true),
    );
    expect(["169.254.169.254", "0.0.0.0", "fe80::1"].map((one) => isAllowedAddress(one, true))).toEqual(
      Array(3).fill(false),
    );
  });
});

describe("fetching a page", () => {
  it("gives its text, type and final address", async () => {
    const origin = await serve((request, response) => {
      if (request.url === "/old") response.writeHead(301, { location: "/new?x=1#part" }).end();
      else response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<h1>é</h1>");
    });
    expect(await local(`${origin}/old`)).toEqual({
      url: `${origin}/new?x=1`,
      body: "<h1>é</h1>",
      contentType: "text/html; charset=utf-8",
    });
  });

  it.each([
    ["the header", Buffer.from([0xe9]), "text/html; charset=iso-8859-1", "é"],
    [
      "the meta tag",
      Buffer.concat([Buffer.from('<meta charset="windows-1251">'), Buffer.from([0xe9])]),
      "text/html",
      "й",
    ],
    ["the byte order mark", Buffer.from("\ufeffé", "utf16le"), "text/html; charset=utf-8", "é"],
    ["what it is when nothing says so", Buffer.from([0x93, 0xe9, 0x94]), "text/html", "“é”"],
  ])("decodes it by %s", async (_, bytes, type, text) => {
    const origin = await serve(page(bytes, { "content-type": type }));
    expect((await local(origin)).body.endsWith(text)).toBe(true);
  });

  it("asks under the validators given, and says when nothing changed", async () => {
    const asked: unknown[] = [];
    const origin = await serve((request, response) => {
      asked.push([request.headers["if-none-match"], request.headers["if-modified-since"]]);
      const headers = { "content-type": "text/html", etag: '"a"', "cache-control": "public, max-age=90" };
      if (request.headers["if-none-match"] === '"a"') response.writeHead(304, headers).end();
      else response.writeHead(200, { ...headers, "last-modified": "Mon, 05 Jan 2026 08:00:00 GMT" }).end("<p>a</p>");
    });
    const first = await local(origin);
    expect(first).toMatchObject({ etag: '"a"', lastModified: "Mon, 05 Jan 2026 08:00:00 GMT", maxAgeSeconds: 90 });
    expect(first).not.toHaveProperty("unchanged");
    const again = await local(origin, { etag: '"a"', lastModified: "Mon, 05 Jan 2026 08:00:00 GMT" });
    expect(again).toMatchObject({ unchanged: true, body: "", etag: '"a"' });
    expect(asked).toEqual([
      [undefined, undefined],
      ['"a"', "Mon, 05 Jan 2026 08:00:00 GMT"],
    ]);
  });

  it("keeps no modification date of the last minute, and takes 304 from nobody who was not asked for it", async () => {
    const fresh = new Date().toUTCString();
    const young = await serve(page("<p>a</p>", { "content-type": "text/html", "last-modified": fresh }));
    expect(await local(young)).not.toHaveProperty("lastModified");
    const odd = await serve((_, response) => response.writeHead(304).end());
    await expect(local(odd)).rejects.toThrow(/answered 304/);
  });

  it("takes lists of pages under any type that they come with, unpacks them within the limit, and says the status", async () => {
    const packed = await serve(page(gzipSync("<urlset></urlset>"), { "content-type": "application/x-gzip" }));
    expect((await local(packed, { as: "list" })).body).toBe("<urlset></urlset>");
    const bomb = await serve(page(gzipSync(Buffer.alloc(2_000_000, "a")), { "content-type": "application/gzip" }));
    const small = createGuardedFetch({ allowPrivate: true, maxBytes: 1_000_000 });
    await expect(small(bomb, { as: "list" })).rejects.toThrow(/larger than 1 MB/);
    const busy = await serve((_, response) => response.writeHead(503, { "retry-after": "120" }).end());
    await expect(local(busy, { as: "list" })).rejects.toMatchObject({ status: 503, retryAfter: "120" });
    const xml = '<?xml version="1.0" encoding="iso-8859-1"?><rss>\xe9</rss>';
    const latin = await serve(page(Buffer.from(xml, "latin1"), { "content-type": "application/rss+xml" }));
    expect((await local(latin, { as: "list" })).body).toContain("é");
  });

  it("refuses a body that unpacks beyond the limit", async () => {
    const packed = gzipSync(Buffer.alloc(2_000_000, "a"));
    const origin = await serve(page(packed, { "content-type": "text/html", "content-encoding": "gzip" }));
    await expect(createGuardedFetch({ allowPrivate: true, maxBytes: 1_000_000 })(origin)).rejects.toThrow(
      /larger than 1 MB/,
    );
  });

  it.each([
    ["is not found", ((_, response) => response.writeHead(404).end()) as RequestListener, /answered 404/],
    ["is not HTML", page("%PDF", { "content-type": "application/pdf" }), /application\/pdf/],
    [
      "redirects without end",
      ((_, response) => response.writeHead(302, { location: "/" }).end()) as RequestListener,
      /more than 5 times/,
    ],
    ["breaks off", ((request) => request.socket.destroy()) as RequestListener, /could not be fetched/],
  ])("says so when it %s", async (_, listener, text) => {
    const origin = await serve(listener);
    await expect(local(origin)).rejects.toThrow(UnavailableError);
    await expect(local(origin)).rejects.toThrow(text);
  });

  it("gives up on a server that trickles", async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const timer = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(timer));
    });
    await expect(createGuardedFetch({ allowPrivate: true, timeoutMs: 200 })(origin)).rejects.toThrow(
      /did not answer within 0.2 seconds/,
    );
  });
});

describe("a guarded fetch", () => {
  const guarded = createGuardedFetch();

  it.each([
    "file:///etc/passwd",
    "ftp://example.org/",
    "javascript:alert(1)",
    "nonsense",
    "http://user:secret@example.org/",
    "http://example.org:6379/",
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://169.254.169.254/latest/meta-data/",
  ])("refuses %s before it connects", async (url) => {
    await expect(guarded(url)).rejects.toThrow(InvalidError);
  });

  it("refuses a host when any of its addresses is private", async () => {
    const fetch = createGuardedFetch({ resolve: resolving("8.8.8.8", "10.0.0.1") });
    await expect(fetch("http://rebound.example/")).rejects.toThrow(InvalidError);
  });

  it("connects to the address that was checked, not to one resolved again", async () => {
    let asked = 0;
    const origin = await serve(page("<p>here</p>"));
    const resolve = ((host: string, options: object, callback: (error: null, found: LookupAddress[]) => void) => {
      asked += 1;
      resolving("127.0.0.1")(host, options, callback as never);
    }) as NonNullable<GuardedFetchOptions["resolve"]>;
    const fetch = createGuardedFetch({ allowPrivate: true, resolve });
    expect((await fetch(origin.replace("127.0.0.1", "named.example"))).body).toBe("<p>here</p>");
    expect(asked).toBe(1);
  });

  it("checks again at each redirect", async () => {
    const metadata = await serve((_, response) =>
      response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
    );
    await expect(local(metadata)).rejects.toThrow(InvalidError);
    const file = await serve((_, response) => response.writeHead(302, { location: "file:///etc/passwd" }).end());
    await expect(local(file)).rejects.toThrow(InvalidError);
  });

  it("says that a host of no such name was not found", async () => {
    await expect(guarded("http://no-such-host.invalid/")).rejects.toThrow(UnavailableError);
  });
});
