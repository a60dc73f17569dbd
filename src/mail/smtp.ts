import addressparser from "nodemailer/lib/addressparser";
import { parseConnectionUrl } from "nodemailer/lib/shared";
import { InvalidError, UnavailableError } from "../errors.ts";
import { type DkimKey, toEml } from "./eml.ts";
import { problemOf } from "./headers.ts";
import type { Mailer, OutgoingMessage, SendOutcome } from "./mailer.ts";
import { openSession, type SmtpServer, type SmtpSession, toFailure } from "./smtp-session.ts";
import { smtpOutcome } from "./smtp-verdicts.ts";

/** Sessions kept open between messages. */
const MAX_IDLE = 5;
const CHECK_TIMEOUT_MS = 10_000;

export interface SmtpOptions {
  /** `smtp://user:password@host:port`; `smtps:` for TLS from the start. */
  url: string;
  dkim: DkimKey | null;
  clock: () => number;
}

/**
 * Sends by SMTP, one message a hand-over, over sessions that are kept open. There are no idempotency keys, so nothing
 * that may have been taken is ever tried again: nodemailer's own pool would do that, hence sessions of our own.
 */
export function createSmtpMailer({ url, dkim, clock }: SmtpOptions): Mailer {
  const server = readSmtpUrl(url);
  const pool = createPool(server);
  return {
    driver: "smtp",
    maxBatch: 1,
    keyLifeMs: 0,
    send: async (messages, { timeoutMs }) => {
      const [message] = messages;
      if (!message || messages.length > 1) throw new Error("[mail] [smtp] a hand-over takes one message");
      const problem = problemOf(message);
      if (problem) return { kind: "refused", reason: problem };
      const bytes = await toEml(message, { date: clock(), dkim });
      return handOver(pool, message, bytes, timeoutMs);
    },
    check: async () => {
      try {
        pool.give(await pool.take(CHECK_TIMEOUT_MS));
      } catch (error) {
        throw new UnavailableError(`[mail] [smtp] ${toFailure(error).message}`, { cause: error });
      }
    },
    close: async () => pool.close(),
  };
}

async function handOver(
  pool: Pool,
  message: OutgoingMessage,
  bytes: Uint8Array,
  timeoutMs: number,
): Promise<SendOutcome> {
  const { to, messageId } = message;
  const deadline = performance.now() + timeoutMs;
  let session: SmtpSession;
  try {
    session = await pool.take(timeoutMs);
  } catch (error) {
    return smtpOutcome(toFailure(error), false, to);
  }
  const result = await session.send({ from: senderOf(message), to }, bytes, Math.max(1, deadline - performance.now()));
  if (!result.ok) {
    session.close();
    return smtpOutcome(result.failure, result.begun, to);
  }
  pool.give(session);
  return { kind: "accepted", ids: [messageId] };
}

function senderOf({ from }: OutgoingMessage): string {
  const [mailbox] = addressparser(from, { flatten: true });
  return mailbox?.address ?? "";
}

interface Pool {
  /** An idle session, or a new one. Throws nodemailer's error when the server cannot be reached. */
  take(timeoutMs: number): Promise<SmtpSession>;
  give(session: SmtpSession): void;
  close(): void;
}

function createPool(server: SmtpServer): Pool {
  let idle: SmtpSession[] = [];
  let closed = false;
  return {
    take: async (timeoutMs) => {
      idle = idle.filter((session) => session.alive);
      return idle.pop() ?? openSession(server, timeoutMs);
    },
    give: (session) => {
      if (!closed && session.alive && idle.length < MAX_IDLE) idle.push(session);
      else session.close();
    },
    close: () => {
      closed = true;
      for (const session of idle.splice(0)) session.close();
    },
  };
}

function readSmtpUrl(url: string): SmtpServer {
  if (!URL.canParse(url)) throw new InvalidError("SMTP_URL: expected smtp://user:password@host:port");
  const { auth, ...options } = parseConnectionUrl(url);
  const login = auth?.user ? { user: auth.user, pass: auth.pass ?? "" } : null;
  return { options, login };
}
