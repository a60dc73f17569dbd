import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";
import type { HttpAnswer, Post } from "./post.ts";

/** A connection that rests longer is closed by us, before the other side closes it under a request. */
const IDLE_MS = 4_000;

/**
 * Posts over connections that are kept open, without copying the body: a quarter of what `fetch` costs. Those that rest
 * keep no process from ending.
 */
export function createNodePost(): Post {
  const agents = {
    http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
    https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }),
  };
  return (url, { headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const options = { method: "POST", headers: { ...headers, "content-length": body.length }, signal };
      const request = url.startsWith("https:")
        ? requestHttps(url, { ...options, agent: agents.https })
        : requestHttp(url, { ...options, agent: agents.http });
      let isAnswered = false;
      const closed = new Promise((done) => request.once("close", done));
      request.once("response", (response: IncomingMessage) => {
        isAnswered = true;
        // Not before the end: after an early answer bytes of the body may still be on their way.
        Promise.all([wholeAnswer(response), closed]).then(([answer]) => resolve(answer), reject);
      });
      request.once("close", () => {
        if (!isAnswered) reject(new Error("the connection closed without an answer"));
      });
      request.on("error", reject);
      request.end(body);
    });
}

async function wholeAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name] = String(value);
  return { status: response.statusCode ?? 0, headers, body: await text(response) };
}
