import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands at a path: a body, or whatever else the server does there. */
export interface Document {
  body?: string | Buffer;
  type?: string;
  status?: number;
  headers?: Record<string, string>;
  /** Whether it has an ETag and honours it. Default true. */
  validates?: boolean;
}

/** A publisher's server on loopback. */
export interface Publisher {
  origin: string;
  put(path: string, document: Document | string): void;
  /** Each request so far: path, and status answered. */
  requests: string[];
  /** Stops answering, at the same address, until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export async function startPublisher(): Promise<Publisher> {
  const documents = new Map<string, Document>();
  const requests: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? "/";
    const document = documents.get(path) ?? { status: 404, body: "not here" };
    const status = respond(request, response, document);
    requests.push(`${path} ${status}`);
  };
  let server = await listen(answer, 0);
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    put: (path, document) => {
      documents.set(path, typeof document === "string" ? { body: document } : document);
    },
    requests,
    down: stop,
    up: async () => {
      server = await listen(answer, port);
    },
    close: async () => {
      if (server.listening) await stop();
    },
  };
}

function respond(request: IncomingMessage, response: ServerResponse, document: Document): number {
  const { body = "", type = "text/html; charset=utf-8", status = 200, headers = {}, validates = true } = document;
  const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
  const same = validates && status === 200 && request.headers["if-none-match"] === etag;
  const answered = same ? 304 : status;
  response.writeHead(answered, { "content-type": type, ...(validates ? { etag } : {}), ...headers });
  response.end(same ? undefined : body);
  return answered;
}

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  port: number,
): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  return server;
}

export const XML = "application/xml";

/** An RSS feed of these pages, newest first. */
export function rss(origin: string, items: { path: string; at?: string; title?: string }[], channel = ""): Document {
  const entries = items.map(
    ({ path, at = "Mon, 05 Jan 2026 08:00:00 GMT", title = path }) =>
      `<item><title>${title}</title><link>${origin}${path}</link><pubDate>${at}</pubDate></item>`,
  );
  return {
    type: "application/rss+xml",
    body: `<?xml version="1.0"?><rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Calm Pages</title><link>${origin}/</link>${channel}${entries.join("")}</channel></rss>`,
  };
}

export function sitemap(origin: string, pages: Record<string, string>): Document {
  const urls = Object.entries(pages).map(
    ([path, at]) => `<url><loc>${origin}${path}</loc><lastmod>${at}</lastmod></url>`,
  );
  const body = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join("")}</urlset>`;
  return { type: XML, body };
}
