import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context.ts";
import { cancelDigest, type DigestReport, draftDigest, getDigest, sendDigest } from "../digests/index.ts";
import { AppError } from "../errors.ts";
import { type Call, type Command, UsageError } from "./command.ts";

const LOOK_MS = 250;

export const sendNew: Command = {
  name: "digests send",
  args: [],
  options: ["events", "subject", "wait"],
  about: "draft a digest (--events new, or numbers with commas) and send it",
  async run(call) {
    const { subject } = call.options;
    const draft = { events: readEvents(call.options.events), ...(subject === undefined ? {} : { subject }) };
    const ctx = await call.open();
    const uid = await trigger(ctx, draft);
    const report = await settle(ctx, uid, call);
    const left =
      report.status === "sending" ? ["The workers are at it; GET /api/v1/digests/ID/progress tells more."] : [];
    return { json: { ...report }, lines: [describe(report), ...left], failed: report.status === "paused" };
  },
};

function readEvents(text = "new"): "new" | number[] {
  if (text === "new") return "new";
  if (!/^\d{1,15}(,\d{1,15})*$/.test(text)) throw new UsageError("--events: expected new, or numbers with commas.");
  return text.split(",").map(Number);
}

/** A draft that cannot be sent is of no use to anyone, so it does not stay. */
async function trigger(ctx: Context, draft: Record<string, unknown>): Promise<string> {
  const { uid } = await draftDigest(ctx, draft);
  try {
    await sendDigest(ctx, uid);
    return uid;
  } catch (error) {
    if (error instanceof AppError) await cancelDigest(ctx, uid);
    throw error;
  }
}

/** With the in-process queue nobody else may be there to send, so this process does, to the end. */
async function settle(ctx: Context, uid: string, call: Call): Promise<DigestReport> {
  const inside = ctx.queue.driver === "memory";
  if (!inside && !call.options.wait) return getDigest(ctx, uid);
  const worker = inside ? await call.startWorkers(ctx) : null;
  try {
    return await follow(ctx, uid, call);
  } finally {
    await worker?.close();
  }
}

async function follow(ctx: Context, uid: string, { say }: Call): Promise<DigestReport> {
  for (let told = ""; ; await pause(LOOK_MS)) {
    const report = await getDigest(ctx, uid);
    if (describe(report) !== told) say(describe(report));
    told = describe(report);
    if (report.status !== "sending") return report;
  }
}

function describe({ id, status, reason, counts, perSecond }: DigestReport): string {
  const excluded = Object.values(counts.excluded).reduce((sum, count) => sum + count, 0);
  const owed = counts.candidates - excluded;
  const why = reason === undefined ? "" : ` (${reason})`;
  const pace = perSecond === undefined ? "" : `, ${perSecond} a second`;
  const bad = counts.failed + counts.unknown > 0 ? `, ${counts.failed} failed, ${counts.unknown} unknown` : "";
  return `Digest ${id} ${status}${why}: ${owed - counts.queued} of ${owed} handed over, ${excluded} left out${bad}${pace}`;
}
