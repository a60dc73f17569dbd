import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Emission } from "./control.ts";
import type { Fault, RandomFaults } from "./faults.ts";
import type { Accepted, Counts } from "./record.ts";
import type { Settings } from "./settings.ts";
import type { NoticeCounts, TakenNotice } from "./webhooks.ts";

/** A double in a process of its own, driven over HTTP. */
export interface RemoteDouble {
  readonly url: string;
  change(settings: Partial<Settings>): Promise<void>;
  faults(plan: { next?: (Fault | null)[]; random?: RandomFaults | null }): Promise<void>;
  clearFaults(): Promise<void>;
  counts(): Promise<Counts>;
  acceptedFor(address: string): Promise<number>;
  perAddress(): AsyncIterable<[address: string, count: number]>;
  messages(): AsyncIterable<Accepted>;
  singlesTo(address: string): Promise<Accepted[]>;
  /** Notices that were answered with 2xx. */
  notices(): AsyncIterable<TakenNotice>;
  noticeCounts(): Promise<NoticeCounts>;
  emit(emission: Emission): Promise<void>;
  release(): Promise<void>;
  idle(): Promise<void>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the double as a process of its own and waits until it listens. */
export async function spawnResendDouble(options: Partial<Settings> & { port?: number } = {}): Promise<RemoteDouble> {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", main, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const line = createInterface({ input: child.stdout });
  const [first] = (await Promise.race([
    once(line, "line"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`[resend double] ended with ${code}`))),
  ])) as [string];
  const { url } = JSON.parse(first) as { url: string };
  return { ...connectResendDouble(url), close: () => end(child) };
}

async function end(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

function connectResendDouble(url: string): Omit<RemoteDouble, "close"> {
  const post = async (path: string, body: unknown = {}) => {
    await ask(`${url}/_double/${path}`, { method: "POST", body: JSON.stringify(body) });
  };
  const get = async <T>(path: string) => (await ask(`${url}/_double/${path}`)).json() as Promise<T>;
  return {
    url,
    change: (settings) => post("settings", settings),
    faults: (plan) => post("faults", plan),
    clearFaults: () => post("faults/clear"),
    counts: () => get<Counts>("counts"),
    acceptedFor: async (address) =>
      (await get<{ accepted: number }>(`address?is=${encodeURIComponent(address)}`)).accepted,
    perAddress: () => lines<[string, number]>(`${url}/_double/addresses`),
    messages: () => lines<Accepted>(`${url}/_double/messages`),
    singlesTo: (address) => get<Accepted[]>(`singles?to=${encodeURIComponent(address)}`),
    notices: () => lines<TakenNotice>(`${url}/_double/notices`),
    noticeCounts: () => get<NoticeCounts>("webhooks/counts"),
    emit: (emission) => post("webhooks/emit", emission),
    release: () => post("webhooks/release"),
    idle: () => post("webhooks/idle"),
    reset: () => post("reset"),
  };
}

async function ask(url: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`[resend double] ${url} answered ${response.status}`);
  return response;
}

async function* lines<T>(url: string): AsyncIterable<T> {
  const { body } = await ask(url);
  if (!body) return;
  for await (const line of createInterface({ input: Readable.fromWeb(body) })) yield JSON.parse(line) as T;
}
