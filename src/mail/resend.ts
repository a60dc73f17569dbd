import type { ErrorResponse, Resend } from "resend";
import { UnavailableError } from "../errors.ts";
import { problemAmong } from "./headers.ts";
import type { Mailer, OutgoingMessage, SendOutcome } from "./mailer.ts";
import { type Post, postByFetch } from "./post.ts";
import { redactAddresses } from "./redact-addresses.ts";
import { BatchBody } from "./resend-body.ts";
import { ResendClient } from "./resend-client.ts";
import { type AnswerHeaders, limitsIn, restIn, silenceIn } from "./resend-limits.ts";
import { verdictOf } from "./resend-verdicts.ts";

const BASE_URL = "https://api.resend.com";
/** resend.com/docs/dashboard/emails/idempotency-keys */
const KEY_LIFE_MS = 24 * 3_600_000;
const MAX_BATCH = 100;
const RETRY_MS = 1000;
const CHECK_TIMEOUT_MS = 10_000;

type Answer = Awaited<ReturnType<typeof ResendClient.prototype.post<unknown>>>;

export interface ResendOptions {
  apiKey: string;
  /** Null: Resend's own. */
  baseUrl: string | null;
  clock: () => number;
  /** Default: by `fetch`. */
  post?: Post | undefined;
}

/**
 * Sends through Resend's batch endpoint, one message too, so that there is one path to know. Strict validation: one
 * bad message refuses the batch, nothing of it is sent, and splitting finds it.
 */
export function createResendMailer({ apiKey, baseUrl, clock, post = postByFetch }: ResendOptions): Mailer {
  const resend = new ResendClient(apiKey, { baseUrl: baseUrl ?? BASE_URL, post });
  // As many as there are hand-overs at once.
  const bodies: BatchBody[] = [];
  return {
    driver: "resend",
    maxBatch: MAX_BATCH,
    keyLifeMs: KEY_LIFE_MS,
    send: async (messages, { idempotencyKey, timeoutMs }) => {
      assertBatch(messages);
      const problem = problemAmong(messages);
      if (problem) return { kind: "refused", reason: problem };
      const body = bodies.pop() ?? new BatchBody();
      const answer = await handOver(resend, body.encode(messages), idempotencyKey, timeoutMs);
      bodies.push(body);
      return outcomeOf(answer, messages, clock());
    },
    check: () => check(resend),
    close: async () => {
      // Nothing to end: connections that rest close by themselves and keep no process alive.
    },
  };
}

function assertBatch(messages: OutgoingMessage[]): void {
  if (messages.length >= 1 && messages.length <= MAX_BATCH) return;
  throw new Error(`[mail] [resend] a hand-over takes 1 to ${MAX_BATCH} messages, got ${messages.length}`);
}

/** As the SDK's own `batch.send`, which would encode every message anew. */
function handOver(resend: Resend, body: Uint8Array, idempotencyKey: string, timeoutMs: number): Promise<Answer> {
  const headers = { "x-batch-validation": "strict" };
  const options = { body, idempotencyKey, headers, signal: AbortSignal.timeout(timeoutMs) };
  return resend.post<unknown>("/emails/batch", undefined, options);
}

function outcomeOf({ data, error, headers }: Answer, messages: OutgoingMessage[], now: number): SendOutcome {
  if (error) return failureOf(error, headers, messages, now);
  const ids = idsIn(data);
  if (ids?.length !== messages.length) return { kind: "unknown", reason: "the answer does not name one id a message" };
  const [limits, restMs] = [limitsIn(headers), restIn(headers, now)];
  return { kind: "accepted", ids, ...(limits && { limits }), ...(restMs !== undefined && { restMs }) };
}

/** The ids of a 200, whatever it really holds; null when that is not a list of ids. */
function idsIn(answer: unknown): string[] | null {
  const list = (answer as { data?: unknown } | null)?.data;
  if (!Array.isArray(list)) return null;
  const ids = list.map((one: { id?: unknown } | null) => one?.id);
  return ids.every((id) => typeof id === "string" && id !== "") ? (ids as string[]) : null;
}

/** The SDK gives the body's `statusCode`, and null when there was no answer or none that could be read. */
function failureOf(
  error: ErrorResponse,
  headers: AnswerHeaders,
  messages: OutgoingMessage[],
  now: number,
): SendOutcome {
  const status = typeof error.statusCode === "number" ? error.statusCode : null;
  const words = redactAddresses(
    `${error.name}: ${error.message}`,
    messages.map((message) => message.to),
  );
  const reason = status === null ? `no answer that could be read (${words})` : `${status} ${words}`;
  const { verdict: kind, cause = "request" } = verdictOf(status, error.name);
  if (kind === "retry") return { kind, reason, afterMs: RETRY_MS };
  if (kind === "halt") return { kind, reason, cause };
  if (kind !== "throttle") return { kind, reason };
  const limits = limitsIn(headers);
  return { kind, reason, afterMs: silenceIn(headers, now), ...(limits && { limits }) };
}

/** Asks for something that sends nothing. A key that may only send is refused that, which proves that it is known. */
async function check(resend: Resend): Promise<void> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  const { error } = await resend.get<unknown>("/domains", { signal });
  if (!error || error.name === "restricted_api_key" || error.statusCode === 429) return;
  throw new UnavailableError(`[mail] [resend] ${error.statusCode ?? "no answer"} ${error.name}: ${error.message}`, {
    cause: error,
  });
}
