import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { type Child, startChild } from "../support/child.ts";
import { addressOf } from "../support/editions.ts";
import { startInstallation } from "../support/installation.ts";
import type { Benchmark, BenchOptions, Findings } from "./benchmark.ts";

const CONNECTIONS = 20;
const PATIENCE_MS = 300_000;

/** Sign-ups through the whole app with its workers beside it, compared with a bare route that inserts one row. */
export const subscribe: Benchmark = {
  about: "sign-ups answered a second, workers at it too, compared with a bare route that inserts one row",
  subscribers: 3000,
  run: runSubscribe,
};

interface Report {
  waiting: number;
  mails: number;
  databaseBytes: number;
  peakRssMb: number;
}

async function runSubscribe({ subscribers, db, queue, say }: BenchOptions): Promise<Findings> {
  const env = { CLIENT_IP_HEADER: "x-visitor", SIGNUPS_PER_RANGE: "1000000" };
  const installation = await startInstallation(db, queue, env);
  const server = startChild("tests/bench/sign-up-server.ts", installation.env);
  try {
    const { port } = await server.heard<{ port: number }>();
    const bare = await load(`http://127.0.0.1:${port}/bare`, subscribers);
    say(`the bare route answered ${Math.round(bare.perSecond)} a second`);
    const before = await server.ask<Report>("report");
    const start = performance.now();
    const whole = await load(`http://127.0.0.1:${port}/api/v1/subscriptions`, subscribers);
    const after = await everyoneInvited(server, subscribers);
    const invitedMs = performance.now() - start;
    return {
      figure: whole.perSecond,
      unit: "sign-ups/s",
      ceiling: bare.perSecond,
      ratio: whole.perSecond / bare.perSecond,
      peakRssMb: after.peakRssMb,
      p50Ms: whole.p50,
      p99Ms: whole.p99,
      invitedPerSecond: (subscribers / invitedMs) * 1000,
      databaseBytesPerReader: (after.databaseBytes - before.databaseBytes) / subscribers,
      database: db,
      queue,
    };
  } finally {
    await server.kill("SIGKILL");
    await installation.close();
  }
}

/** Waits until every sign-up was applied and its confirmation mail written. */
async function everyoneInvited(server: Child, subscribers: number): Promise<Report> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const report = await server.ask<Report>("report");
    if (report.waiting === 0 && report.mails >= subscribers) return report;
    if (Date.now() > deadline) throw new Error(`${report.mails} of ${subscribers} were invited`);
    await pause(100);
  }
}

/** Posts one sign-up for each reader, each from a network of its own. */
async function load(url: string, amount: number) {
  let number = 0;
  const start = performance.now();
  const result = await autocannon({
    url,
    method: "POST",
    amount,
    connections: CONNECTIONS,
    requests: [
      {
        setupRequest: (request) => {
          number += 1;
          const visitor = `10.${(number >> 8) & 255}.${number & 255}.1`;
          const headers = { "content-type": "application/json", "x-visitor": visitor };
          return { ...request, headers, body: JSON.stringify({ email: addressOf(number) }) };
        },
      },
    ],
  });
  if (result["2xx"] !== amount) throw new Error(`${amount - result["2xx"]} of ${amount} requests were not taken`);
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: amount / seconds, p50: result.latency.p50, p99: result.latency.p99 };
}
