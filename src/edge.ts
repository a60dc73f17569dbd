import { AsyncLocalStorage } from "node:async_hooks";
import { createApp } from "./app.ts";
import { createEdgeFetch } from "./articles/edge-fetch.ts";
import { type Config, type Env, readEnv, toConfig } from "./config.ts";
import type { Context } from "./context.ts";
import type { Database } from "./db/database.ts";
import { notifyingQueue } from "./db/notify.ts";
import { openPostgres } from "./db/postgres.ts";
import { WAKE_CHANNEL } from "./db/wake-channel.ts";
import { edgeLog } from "./edge-log.ts";
import { UnavailableError } from "./errors.ts";
import type { Mailer } from "./mail/mailer.ts";
import { openVault, type Vault } from "./vault/index.ts";

/** What the Worker is given: strings, and the way to PostgreSQL. */
interface Bindings {
  HYPERDRIVE: { connectionString: string };
  [name: string]: unknown;
}

/** What the runtime offers beside the request, as far as it is used. */
interface Execution {
  waitUntil(work: Promise<unknown>): void;
}

interface Held {
  database: Database;
  /** Null while the database is out of reach. */
  vault: Vault | null;
}

/** A socket belongs to the request that opened it, so database and vault are opened for each; Hyperdrive pools them. */
const held = new AsyncLocalStorage<Held>();

function current(): Held {
  const own = held.getStore();
  if (!own) throw new Error("outside a request there is no database");
  return own;
}

type App = ReturnType<typeof createApp>;
let built: { app: App; config: Config } | null = null;

/** The same pages, API and webhooks as on Node. Workers that send mail stay on Node. */
export default {
  fetch(request: Request, bindings: Bindings, execution: Execution): Promise<Response> {
    const answering = answer(request, bindings, execution);
    // Whoever hangs up early still leaves, joins or reports a bounce.
    execution.waitUntil(answering);
    return answering;
  },
};

async function answer(request: Request, bindings: Bindings, execution: Execution): Promise<Response> {
  built ??= build(bindings);
  const { app, config } = built;
  const database = openPostgres(bindings.HYPERDRIVE.connectionString, {
    max: 5,
    onError: (err) => edgeLog.warn({ err }, "a connection failed"),
  });
  try {
    const vault = await vaultIn(database, config);
    const response = await held.run({ database, vault }, async () => app.fetch(uncompressed(request)));
    return closingAfter(response, database, execution);
  } catch (error) {
    execution.waitUntil(database.close());
    throw error;
  }
}

/** Without a database the app still answers, with errors of its own making. */
async function vaultIn(database: Database, config: Config): Promise<Vault | null> {
  try {
    return await openVault({ database, dataKeys: config.dataKeys, clock: Date.now });
  } catch (err) {
    edgeLog.error({ err }, "the vault cannot be opened");
    return null;
  }
}

/** The runtime compresses what leaves; an app that did so too would do it twice. */
function uncompressed(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete("Accept-Encoding");
  return new Request(request, { headers });
}

function build(bindings: Bindings): { app: App; config: Config } {
  const strings = Object.entries(bindings).filter(([, value]) => typeof value === "string") as [string, string][];
  const env: Env = readEnv({ ...Object.fromEntries(strings), DATABASE_URL: bindings.HYPERDRIVE.connectionString });
  const config = toConfig(env);
  return { app: createApp(edgeContext(config)), config };
}

function edgeContext(config: Config): Context {
  return {
    config,
    get db() {
      return current().database.db;
    },
    get engine() {
      return current().database.engine;
    },
    get vault() {
      const { vault } = current();
      if (!vault) throw new UnavailableError("The database is out of reach. Please try again later.");
      return vault;
    },
    queue: notifyingQueue(() => current().database.db, WAKE_CHANNEL),
    mailer: noMailer(config),
    log: edgeLog,
    clock: Date.now,
    newId: () => crypto.randomUUID().replaceAll("-", ""),
    fetchPage: createEdgeFetch({ allowPrivate: config.fetchPrivate }),
    close: async () => undefined,
  };
}

/** Mail leaves from the workers; a test message, which would leave from here, says so. */
function noMailer(config: Config): Mailer {
  const driver = config.mail.driver === "smtp" ? "smtp" : "resend";
  return {
    driver,
    maxBatch: 100,
    keyLifeMs: 0,
    send: async () => ({
      kind: "halt",
      cause: "request",
      reason: "no mail is sent from the edge; ask the Node server",
    }),
    check: async () => undefined,
    close: async () => undefined,
  };
}

/** The connection stays until the last byte is out: downloads and progress read rows while they are sent. */
function closingAfter(response: Response, database: Database, execution: Execution): Response {
  if (!response.body) {
    execution.waitUntil(database.close());
    return response;
  }
  const { readable, writable } = new TransformStream();
  execution.waitUntil(response.body.pipeTo(writable).then(database.close, database.close));
  return new Response(readable, response);
}
