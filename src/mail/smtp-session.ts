import { Readable } from "node:stream";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { SmtpFailure } from "./smtp-verdicts.ts";

const LEAVE_MS = 1000;

/** How a server is reached, from its URL. */
export interface SmtpServer {
  options: ConstructorParameters<typeof SMTPConnection>[0];
  login: { user: string; pass: string } | null;
}

export interface Envelope {
  from: string;
  to: string;
}

/** How the hand-over of one message ended. */
export type SessionResult = { ok: true } | { ok: false; failure: SmtpFailure; begun: boolean };

/** One connection to the server, for one message at a time. */
export interface SmtpSession {
  send(envelope: Envelope, bytes: Uint8Array, timeoutMs: number): Promise<SessionResult>;
  readonly alive: boolean;
  close(): void;
}

/** Connects and logs in. Throws nodemailer's error when that fails or takes longer than `timeoutMs`. */
export async function openSession(server: SmtpServer, timeoutMs: number): Promise<SmtpSession> {
  const connection = new SMTPConnection({ ...server.options, ...timeouts(timeoutMs) });
  let alive = true;
  connection.once("end", () => {
    alive = false;
  });
  await connect(connection, server.login, timeoutMs);
  return {
    send: (envelope, bytes, ms) => sendOn(connection, envelope, bytes, ms),
    get alive() {
      return alive;
    },
    close: () => {
      if (alive) leave(connection);
    },
  };
}

/** Says goodbye, and does not wait long for the answer. */
function leave(connection: SMTPConnection): void {
  connection.quit();
  setTimeout(() => connection.close(), LEAVE_MS).unref();
}

/** The session's own clocks are a second line: every step has its own time-out here. A closed socket is cut at once. */
function timeouts(ms: number) {
  return { connectionTimeout: ms, greetingTimeout: ms, socketTimeout: 5 * 60_000, socketCloseTimeout: 0 };
}

function connect(connection: SMTPConnection, login: SmtpServer["login"], timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(timedOut()), timeoutMs);
    const fail = (error: unknown) => {
      clearTimeout(timer);
      connection.close();
      reject(error);
    };
    const done = (error?: unknown) => {
      if (error) return fail(error);
      clearTimeout(timer);
      resolve();
    };
    // Stays for the connection's life: an error while idle must not end the process, "end" tells of it.
    connection.on("error", fail);
    connection.connect((error) => {
      if (error || !login || !connection.allowsAuth) return done(error);
      connection.login({ credentials: login }, done);
    });
  });
}

function sendOn(connection: SMTPConnection, envelope: Envelope, bytes: Uint8Array, ms: number): Promise<SessionResult> {
  return new Promise((resolve) => {
    let begun = false;
    const content = new Readable({
      // nodemailer reads the content only once the server has answered 354.
      read() {
        begun = true;
        this.push(bytes);
        this.push(null);
      },
    });
    const timer = setTimeout(() => {
      connection.close();
      resolve({ ok: false, failure: timedOut(), begun });
    }, ms);
    connection.send({ from: envelope.from, to: [envelope.to] }, content, (error) => {
      clearTimeout(timer);
      resolve(error ? { ok: false, failure: toFailure(error), begun } : { ok: true });
    });
  });
}

function timedOut(): SmtpFailure & Error {
  return Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" });
}

/** Only what the verdict needs, from nodemailer's error. */
export function toFailure(error: unknown): SmtpFailure {
  const { message, code, command, responseCode } = error as Partial<Record<keyof SmtpFailure, unknown>>;
  return {
    message: String(message),
    ...(typeof code === "string" && { code }),
    ...(typeof command === "string" && { command }),
    ...(typeof responseCode === "number" && { responseCode }),
  };
}
