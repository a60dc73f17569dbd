import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Call } from "./call.ts";
import type { Fault, RandomFaults } from "./faults.ts";
import { noticeOf } from "./notices.ts";
import type { Settings } from "./settings.ts";
import { clearState, type State } from "./state.ts";

/** What a test may ask of a double in another process, by method and path. All take and give JSON. */
const ASKS: Record<string, (state: State, body: unknown, query: URLSearchParams) => unknown> = {
  "GET /_double/counts": ({ record }) => record.counts(),
  "GET /_double/address": ({ record }, _, query) => ({ accepted: record.of(query.get("is") ?? "") }),
  "GET /_double/keys": ({ record }) => Object.fromEntries(record.perKey()),
  "GET /_double/singles": ({ record }, _, query) => record.singlesTo(query.get("to") ?? ""),
  "GET /_double/webhooks": ({ webhooks }) => webhooks.attempts(),
  "GET /_double/webhooks/counts": ({ webhooks }) => webhooks.counts(),
  "POST /_double/settings": ({ settings }, body) => Object.assign(settings, body as Partial<Settings>),
  "POST /_double/faults": ({ faults }, body) => {
    const { next = [], random } = body as { next?: (Fault | null)[]; random?: RandomFaults | null };
    faults.next(...next);
    if (random !== undefined) faults.random(random);
    return {};
  },
  "POST /_double/faults/clear": ({ faults }) => void faults.clear(),
  "POST /_double/webhooks/release": ({ webhooks }) => webhooks.release(),
  "POST /_double/webhooks/idle": ({ webhooks }) => webhooks.idle(),
  "POST /_double/webhooks/emit": (state, body) => emit(state, body as Emission),
  "POST /_double/reset": (state) => clearState(state),
};

/** A notice of any type about an accepted message, for a test that tells its own story. */
export interface Emission {
  /** The provider's message id. */
  id: string;
  /** Such as `email.bounced`. */
  type: string;
  /** More fields of the notice's `data`. */
  detail?: Record<string, unknown>;
  /** When it happened; now when absent. */
  at?: number;
  /** `svix-id`; a new one when absent. */
  noticeId?: string;
}

/** Sends one notice now. Throws when no such message was accepted, or when only counts are kept. */
export async function emit(state: State, { id, type, detail = {}, at, noticeId }: Emission): Promise<void> {
  const message = state.record.find(id);
  if (!message) throw new Error(`the double knows no message ${id}`);
  await state.webhooks.send([noticeOf(message, type, detail, at ?? state.clock(), noticeId ?? state.noticeId())]);
}

/** Answers a request to `/_double/…`; long lists come as JSON lines. */
export async function answerControl(state: State, call: Call, response: ServerResponse): Promise<void> {
  if (call.path === "/_double/addresses") return lines(response, state.record.perAddress());
  if (call.path === "/_double/messages") return lines(response, state.record.messages());
  if (call.path === "/_double/notices") return lines(response, state.webhooks.taken());
  const ask = ASKS[`${call.method} ${call.path}`];
  if (!ask) return void response.writeHead(404).end();
  const body: unknown = call.body.length > 0 ? JSON.parse(call.body.toString()) : {};
  const answer = (await ask(state, body, call.query)) ?? {};
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}

async function lines(response: ServerResponse, items: Iterable<unknown>): Promise<void> {
  response.writeHead(200, { "content-type": "application/jsonl" });
  for (const item of items) {
    if (!response.write(`${JSON.stringify(item)}\n`)) await once(response, "drain");
  }
  response.end();
}
