import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type Emission, emit } from "./control.ts";
import type { FaultPlan } from "./faults.ts";
import type { Accepted, Counts } from "./record.ts";
import { createDoubleServer } from "./server.ts";
import type { Settings } from "./settings.ts";
import { clearState, createState } from "./state.ts";
import type { WebhookSender } from "./webhooks.ts";

export type { Fault, RandomFaults } from "./faults.ts";
export type { Accepted, Counts } from "./record.ts";
export type { Settings, WebhookSettings } from "./settings.ts";
export { spawnResendDouble } from "./spawn.ts";

export interface ResendDoubleOptions extends Partial<Settings> {
  /** Milliseconds since 1970, for keys, limits, quotas and webhooks. */
  clock?: () => number;
  /** 0, the default, takes a free one. */
  port?: number;
}

export interface ResendDouble {
  /** No trailing slash; for `RESEND_BASE_URL`. */
  readonly url: string;
  /** May be changed while it runs: `Object.assign(double.settings, { rateLimit: null })`. */
  readonly settings: Settings;
  readonly faults: FaultPlan;
  readonly webhooks: WebhookSender;
  counts(): Counts;
  /** Messages truly taken for this address. */
  acceptedFor(address: string): number;
  perAddress(): Iterable<[address: string, count: number]>;
  perKey(): ReadonlyMap<string, { hash: string; messages: number; requests: number }>;
  /** In the order of taking; nothing with `keep: "counts"` or `bench`. */
  messages(): readonly Accepted[];
  /** Sends a notice about a message of `messages()`. */
  emit(emission: Emission): Promise<void>;
  /** Forgets everything but the settings. */
  reset(): void;
  close(): Promise<void>;
}

/** Starts a stand-in for Resend on a free port of 127.0.0.1, in this process. */
export async function startResendDouble(options: ResendDoubleOptions = {}): Promise<ResendDouble> {
  const { clock = Date.now, port = 0, ...changes } = options;
  const state = createState(changes, clock);
  const server = createDoubleServer(state).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    settings: state.settings,
    faults: state.faults,
    webhooks: state.webhooks,
    counts: state.record.counts,
    acceptedFor: state.record.of,
    perAddress: state.record.perAddress,
    perKey: state.record.perKey,
    messages: state.record.messages,
    emit: (emission) => emit(state, emission),
    reset: () => clearState(state),
    close: async () => {
      state.webhooks.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
