import { setTimeout as pause } from "node:timers/promises";
import { draftDigest, getDigest, sendDigest } from "../../src/digests/index.ts";
import { openContext } from "../../src/open-context.ts";
import { startWorkers } from "../../workers/start.ts";
import { peakRssMb } from "./benchmark.ts";

/** What the sending process found. */
export interface SenderReport {
  /** From the trigger until the digest stood as sent. */
  ms: number;
  /** From the trigger until the first batch was known to be accepted. */
  firstAcceptedMs: number;
  peakRssMb: number;
  cpuMs: number;
  submitted: number;
  databaseBytes: number;
}

const LOOK_MS = 100;

/** The platform's sending half as a process of its own: says that it is ready, and sends one digest when asked. */
const ctx = await openContext();
const worker = await startWorkers(ctx);
process.once("message", async () => {
  process.send?.(await sendOne());
  await worker.close();
  await ctx.close();
  process.disconnect?.();
});
process.send?.("ready");

async function sendOne(): Promise<SenderReport> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { uid } = await draftDigest(ctx, {});
  await sendDigest(ctx, uid);
  let firstAcceptedMs = 0;
  for (;;) {
    const { status, counts } = await getDigest(ctx, uid);
    if (firstAcceptedMs === 0 && counts.submitted > 0) firstAcceptedMs = performance.now() - start;
    if (status !== "sending") return report(status, counts.submitted, { start, cpu, firstAcceptedMs });
    await pause(LOOK_MS);
  }
}

async function report(
  status: string,
  submitted: number,
  { start, cpu, firstAcceptedMs }: { start: number; cpu: NodeJS.CpuUsage; firstAcceptedMs: number },
): Promise<SenderReport> {
  if (status !== "sent") throw new Error(`the digest ended ${status}`);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const databaseBytes = await ctx.engine.size(ctx.db);
  return { ms, firstAcceptedMs, peakRssMb: peakRssMb(), cpuMs: (user + system) / 1000, submitted, databaseBytes };
}
