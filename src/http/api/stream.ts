import type { Context } from "../../context.ts";

/**
 * A response whose pieces are made while it is read. When making one fails the connection breaks, so that a half file
 * never looks whole; the failure is logged.
 */
export function streamed(ctx: Context, pieces: AsyncGenerator<string>, headers: Record<string, string>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (err) {
        ctx.log.error({ err }, "a download broke off");
        controller.error(err);
      }
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, { headers: { "cache-control": "no-store", ...headers } });
}

/** Headers of a download. */
export function attachment(type: string, name: string): Record<string, string> {
  return { "content-type": `${type}; charset=utf-8`, "content-disposition": `attachment; filename="${name}"` };
}
