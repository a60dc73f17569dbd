import { type Call, checkKey } from "./call.ts";
import type { Accepted } from "./record.ts";
import { failure, json, type Reply } from "./reply.ts";
import { answerSend } from "./send.ts";
import type { State } from "./state.ts";

/** Answers a request to the provider's own addresses. */
export async function answerProvider(state: State, call: Call, slowMs: number): Promise<Reply> {
  const refusal = checkKey(state, call, call.method === "POST" ? "sending" : "full");
  if (refusal) return refusal;
  const limit = state.limits.request(state.settings);
  const reply = limit.refusal ?? (await route(state, call, slowMs));
  return { ...reply, headers: { ...limit.headers, ...reply.headers } };
}

/** Whether this request asks to send: only such requests meet faults. */
export function isSend(call: Call): boolean {
  return call.method === "POST" && (call.path === "/emails" || call.path === "/emails/batch");
}

async function route(state: State, call: Call, slowMs: number): Promise<Reply> {
  if (isSend(call)) return answerSend(state, call, slowMs);
  const { path } = call;
  if (path === "/emails/batch") return notAllowed();
  if (call.method !== "GET") return path === "/emails" || path === "/domains" ? notAllowed() : notFound();
  if (path === "/emails") return listMessages(state, call);
  if (path === "/domains") return listDomains(state);
  const id = /^\/emails\/([^/]+)$/.exec(path)?.[1];
  const message = id === undefined ? undefined : state.record.find(id);
  return message ? json(200, shown(message)) : notFound();
}

function listMessages(state: State, call: Call): Reply {
  const limit = Number(call.query.get("limit") ?? 20);
  if (!(limit >= 1 && limit <= 100)) return failure(422, "validation_error", "The `limit` must be between 1 and 100.");
  const newest = state.record.messages().slice(-limit).reverse();
  const hasMore = state.record.messages().length > newest.length;
  return json(200, { object: "list", has_more: hasMore, data: newest.map(shown) });
}

function listDomains({ settings }: State): Reply {
  const data = (settings.domains ?? []).map((name, place) => ({ id: `domain-${place}`, name, status: "verified" }));
  return json(200, { object: "list", has_more: false, data });
}

/** The provider tells neither tags nor headers nor idempotency key of a message. */
function shown({ id, to, at, email }: Accepted) {
  return {
    object: "email",
    id,
    message_id: `<${id}@eu-west-1.amazonses.com>`,
    to: [to],
    from: email?.from ?? null,
    subject: email?.subject ?? null,
    html: email?.html ?? null,
    text: email?.text ?? null,
    created_at: new Date(at).toISOString(),
    last_event: "delivered",
  };
}

const notFound = () => failure(404, "not_found", "The requested endpoint does not exist.");
const notAllowed = () => failure(405, "method_not_allowed", "Method is not allowed for the requested path.");
