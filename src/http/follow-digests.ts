import type { Context as Http } from "hono";
import { type SSEStreamingApi, streamSSE } from "hono/streaming";
import type { Context } from "../context.ts";
import { type DigestReport, getDigest } from "../digests/index.ts";
import { isAtRest, watchDigests } from "./watch-digests.ts";

/** How often a digest is looked at, and after how long a silent stream says that it is still there. */
interface Pace {
  lookMs: number;
  silenceMs: number;
}

/** Proxies drop connections that are silent for long. */
const USUAL: Pace = { lookMs: 1_000, silenceMs: 15_000 };
/** How long a client waits before it connects again. */
const RETRY_MS = 3_000;
/** The id of the last event: who connects again with it is told that nothing more comes. */
const END = "end";

/**
 * Answers with the progress of digests as server-sent events: one watch over them for a whole door. `describe` says what
 * an event holds.
 */
export function followDigests(ctx: Context, describe: (report: DigestReport) => unknown, pace = USUAL) {
  const { lookMs, silenceMs } = pace;
  const watches = watchDigests(ctx, lookMs);
  /** Throws `NotFoundError` before anything is sent. */
  return async (c: Http, id: string): Promise<Response> => {
    const first = await getDigest(ctx, id);
    if (isAtRest(first) && c.req.header("last-event-id") === END) return c.body(null, 204);
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      const written = writer(stream, describe, silenceMs);
      await new Promise<void>((resolve) => {
        stream.onAbort(resolve);
        written.tell(first);
        if (isAtRest(first)) return resolve();
        const leave = watches.join(first, (report) => {
          if (report) written.tell(report);
          if (!report || isAtRest(report)) resolve();
        });
        stream.onAbort(leave);
      });
      await written.end();
    });
  };
}

/** Writes each change as an event, and a comment where there was none for long. */
function writer(stream: SSEStreamingApi, describe: (report: DigestReport) => unknown, silenceMs: number) {
  let [told, number] = ["", 0];
  let writing: Promise<unknown> = Promise.resolve();
  let silent = true;
  const beat = setInterval(() => {
    if (silent) writing = writing.then(() => stream.write(": still here\n\n"));
    silent = true;
  }, silenceMs / 2);
  return {
    tell(report: DigestReport): void {
      const state = JSON.stringify({ ...report, secondsLeft: undefined });
      if (state === told) return;
      told = state;
      number += 1;
      const id = isAtRest(report) ? END : String(number);
      const event = { event: isAtRest(report) ? "end" : "progress", id, data: JSON.stringify(describe(report)) };
      writing = writing.then(() => stream.writeSSE(number === 1 ? { ...event, retry: RETRY_MS } : event));
      silent = false;
    },
    async end(): Promise<void> {
      clearInterval(beat);
      await writing;
    },
  };
}
