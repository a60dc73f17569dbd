import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";

const KB = 1024;

/** Refuses bodies over this size before they are read. */
export function atMost(kilobytes: number): MiddlewareHandler {
  return bodyLimit({ maxSize: kilobytes * KB, onError: () => tooLarge(kilobytes) });
}

function tooLarge(kilobytes: number): never {
  throw new HTTPException(413, { message: `The body is larger than ${kilobytes} kB.` });
}

/** The pieces of a body that is not held in memory, up to a size. */
export async function* piecesOf(request: Request, kilobytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  if (!request.body) return;
  for await (const piece of request.body) {
    size += piece.byteLength;
    if (size > kilobytes * KB) tooLarge(kilobytes);
    yield piece;
  }
}

/** The media type of a request, without parameters and in lower case. */
export function mediaType(header: string | undefined): string {
  return (header ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}
