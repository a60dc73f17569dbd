import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What the loop is asked to do. */
export interface LoopOrder {
  folder: string;
  bodies: number;
  requests: number;
  concurrency: number;
  url: string;
}

/** The ceiling of sending: recorded bodies posted as fast as Node posts, with nothing decided and nothing written down. */
process.once("message", async (order: LoopOrder) => {
  const bodies = await Promise.all(
    Array.from({ length: order.bodies }, (_, place) => readFile(join(order.folder, `${place}.json`))),
  );
  const agent = new Agent({ keepAlive: true, maxSockets: order.concurrency });
  let next = 0;
  const lane = async () => {
    while (next < order.requests) await post(order.url, bodies[next++ % bodies.length] ?? Buffer.alloc(0), agent);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: order.concurrency }, lane));
  process.send?.({ ms: performance.now() - start });
  agent.destroy();
  process.disconnect?.();
});
process.send?.("ready");

async function post(url: string, body: Buffer, agent: Agent): Promise<void> {
  const headers = {
    authorization: "Bearer re_bench",
    "content-type": "application/json",
    "content-length": body.length,
    "idempotency-key": randomUUID(),
  };
  await new Promise<void>((done, failed) => {
    request(`${url}/emails/batch`, { method: "POST", headers, agent }, async (response) => {
      await text(response).catch(failed);
      if (response.statusCode === 200) done();
      else failed(new Error(`the double answered ${response.statusCode}`));
    })
      .on("error", failed)
      .end(body);
  });
}
