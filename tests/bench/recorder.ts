import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

/** Takes batches like the provider and keeps their bodies, so that a bare loop can post the same bytes. */
export interface Recorder {
  url: string;
  /** How many bodies were written, as `0.json` and so on. */
  kept(): number;
  close(): Promise<void>;
}

/** Starts on a free port of 127.0.0.1; keeps the first `most` bodies in the folder. */
export async function startRecorder(folder: string, most: number): Promise<Recorder> {
  let kept = 0;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    if (kept < most) await writeFile(join(folder, `${kept++}.json`), body);
    const data = (JSON.parse(body.toString()) as unknown[]).map((_, place) => ({ id: `recorded-${kept}-${place}` }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept: () => kept,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
