import type { Mailer, OutgoingMessage, SendOutcome } from "../../../src/mail/mailer.ts";
import { createResendMailer } from "../../../src/mail/resend.ts";
import { type Fault, startResendDouble } from "../../support/resend-double/index.ts";

/** What may become of one request, beside what is in it. */
export const ANSWERS = ["accept", "retry", "throttle", "halt", "mismatch", "unknown-taken", "unknown-lost"] as const;
export type Answer = (typeof ANSWERS)[number];

/** One message that was truly taken. */
export interface Taken {
  key: string;
  to: string;
  tags: Record<string, string>;
}

export interface Provider {
  mailer: Mailer;
  /** Addresses that spoil the request they stand in. */
  refused: Set<string>;
  /** The next request is answered so. */
  next(answer: Answer): void;
  /** In the order of taking. */
  taken(): Taken[];
}

const DAY_MS = 86_400_000;

/** Everything of messages that travels, their texts put together. */
export function bytesOf(messages: OutgoingMessage[]): string {
  return JSON.stringify(
    messages.map(({ from, to, subject, html, text, headers, tags }) => [from, to, subject, html, text, headers, tags]),
  );
}

/** A provider at the port's level: remembers keys for 24 hours, takes all of a request or nothing. */
export function scriptedProvider(clock: () => number): Provider {
  const keys = new Map<string, { bytes: string; at: number; ids: string[] }>();
  const refused = new Set<string>();
  const taken: Taken[] = [];
  let answer: Answer = "accept";

  function process(messages: OutgoingMessage[], key: string): SendOutcome {
    const bytes = bytesOf(messages);
    const known = keys.get(key);
    if (known && clock() < known.at + DAY_MS) {
      if (known.bytes === bytes) return { kind: "accepted", ids: known.ids };
      return { kind: "mismatch", reason: "the key was used for other bytes" };
    }
    if (messages.some(({ to }) => refused.has(to)))
      return { kind: "refused", reason: `422 address ${messages.findIndex(({ to }) => refused.has(to))} is refused` };
    const ids = messages.map((_, place) => `p${taken.length + place}`);
    for (const { to, tags } of messages) taken.push({ key, to, tags });
    keys.set(key, { bytes, at: clock(), ids });
    return { kind: "accepted", ids };
  }

  async function send(messages: OutgoingMessage[], { idempotencyKey }: { idempotencyKey: string }) {
    const now = answer;
    answer = "accept";
    const reason = `scripted: ${now}`;
    if (now === "retry" || now === "throttle") return { kind: now, reason, afterMs: 1000 };
    if (now === "halt") return { kind: now, reason, cause: "key" } as const;
    if (now === "mismatch") return { kind: now, reason } as const;
    if (now === "unknown-lost") return { kind: "unknown", reason } as const;
    const outcome = process(messages, idempotencyKey);
    return now === "unknown-taken" ? ({ kind: "unknown", reason } as const) : outcome;
  }

  const mailer: Mailer = {
    driver: "resend",
    maxBatch: 100,
    keyLifeMs: DAY_MS,
    send,
    check: async () => undefined,
    close: async () => undefined,
  };
  const next = (one: Answer) => {
    answer = one;
  };
  return { mailer, refused, next, taken: () => taken };
}

const FAULTS: Record<Exclude<Answer, "accept">, Fault> = {
  retry: { kind: "status", status: 409, name: "concurrent_idempotent_requests" },
  throttle: { kind: "status", status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "3" } },
  halt: { kind: "status", status: 401, name: "restricted_api_key" },
  mismatch: { kind: "status", status: 409, name: "invalid_idempotent_request" },
  "unknown-taken": { kind: "cut" },
  "unknown-lost": { kind: "error500", accepted: false },
};

/** Resend's double over the loopback interface. */
export async function resendProvider(clock: () => number): Promise<Provider> {
  const double = await startResendDouble({ rateLimit: null, clock });
  const refused = new Set<string>();
  const inner = createResendMailer({ apiKey: "re_test", baseUrl: double.url, clock });
  const mailer: Mailer = {
    ...inner,
    send: (messages, options) => {
      double.settings.addresses = [...refused].map((to) => ({ match: `^${to}$`, as: "refused" as const }));
      return inner.send(messages, options);
    },
    close: double.close,
  };
  const taken = () => double.messages().map(({ key, to, tags }) => ({ key: key ?? "", to, tags }));
  const next = (answer: Answer) => {
    double.faults.clear();
    if (answer !== "accept") double.faults.next(FAULTS[answer]);
  };
  return { mailer, refused, next, taken };
}
