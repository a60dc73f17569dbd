import { z } from "zod";
import { InvalidError } from "./errors.ts";

/** The whole configuration, checked: a half-set group cannot exist here. */
export interface Config {
  port: number;
  /** Interface to listen on; null: all. */
  host: string | null;
  /** No trailing slash. */
  publicUrl: string;
  /** True when real readers are meant: PUBLIC_URL is not this machine, or NODE_ENV says so. */
  production: boolean;
  database: { engine: "sqlite"; path: string } | { engine: "postgres"; url: string };
  queue: { driver: "memory" } | { driver: "redis"; url: string } | { driver: "postgres"; url: string };
  /** `apart`: this process serves only, `npm run worker` works. */
  workers: "inside" | "apart";
  mail:
    | { driver: "capture" }
    | { driver: "resend"; apiKey: string; baseUrl: string | null; webhookSecret: string | null }
    | { driver: "smtp"; url: string; dkim: { domain: string; selector: string; privateKey: string } | null };
  /** RFC 5322 mailbox. */
  mailFrom: string;
  /** Base64 of 32 bytes each, newest first. */
  dataKeys: string[];
  adminApiKey: string | null;
  /** Standard Webhooks secret that the CMS signs its notices with. */
  cmsWebhookSecret: string | null;
  /** Where alerts are posted, and the Standard Webhooks secret that they are signed with. */
  alerts: { url: string; secret: string } | null;
  site: Site;
  /** Header that names the visitor's address when a proxy stands in front; null trusts only the socket. */
  clientIpHeader: string | null;
  /** Whether pages on this machine and its network may be taken in by URL. */
  fetchPrivate: boolean;
  limits: {
    /** Sign-ups an hour from one IPv4 /24 or IPv6 /64. */
    signupsPerRange: number;
    confirmationsPerDay: number;
  };
  delivery: {
    timeoutMs: number;
    leaseMs: number;
    guard: Guard;
    /** Messages a UTC day at most, by days since the first hand-over; none after the last. Null: no warm-up. */
    warmUp: number[] | null;
  };
  sources: {
    /** Between polls of a feed or sitemap that does not ask for longer. */
    pollMs: number;
    /** A page that a source names is looked at again after this long, whatever the source says. */
    recheckMs: number;
    /** Between two requests to one source. */
    pauseMs: number;
  };
  logLevel: string;
}

/** When a digest pauses by itself. Rates are parts of what the provider took; 0 turns one off. */
export interface Guard {
  bounceRate: number;
  complaintRate: number;
  /** Messages taken before either rate means anything. */
  minSample: number;
  /** Complaints below which the rate is chance. */
  minComplaints: number;
}

/** The publication that sends. */
export interface Site {
  name: string;
  /** No trailing slash. */
  url: string;
  /** Postal address, one line. */
  address: string;
  /** RFC 2919 list-id, without angle brackets. */
  listId: string;
  /** Origins whose pages may carry the sign-up form. */
  origins: string[];
  /** IANA zone of the editors. */
  timezone: string;
  /** Hour of the day, 0 to 23, at which editions leave in each reader's zone. */
  sendHour: number;
  /** ISO weekday of the weekly edition, 1 = Monday. */
  sendDay: number;
  /** Editions a reader gets in a week at most, corrections apart; null: as many as there are. */
  weeklyCap: number | null;
  /** Age in months from which an article's review is due again. */
  reviewMonths: number;
  /** The line that names whom to call. */
  crisisLine: string;
  /** What the articles are and are not. */
  disclaimer: string;
  /** Name and address of the discreet sender. */
  discreetName: string;
}

/** The environment as strings; an empty value counts as unset. The only place that reads it. */
export function readEnv(env: Record<string, string | undefined> = process.env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== "")) as Env;
}

export type Env = Record<string, string>;

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const httpUrl = z
  .url({ protocol: /^https?$/, error: "expected an http(s) URL" })
  .transform((url) => url.replace(/\/+$/, ""));
const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((number) => number >= min && number <= max, `expected a whole number from ${min} to ${max}`);
const oneLine = z
  .string()
  .max(500)
  .regex(/^[^\r\n\0]*$/, "expected one line");
const mailbox = oneLine.regex(
  /^(?:[^<>@]+<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
  'expected "Name <name@example.org>" or "name@example.org"',
);
const percent = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,4})?$/, "expected a percentage from 0 to 99, such as 0.08")
  .transform((text) => Number(text) / 100);
const timezone = z.string().refine(isTimezone, { error: "expected an IANA time zone such as Europe/Madrid" });

/** Every variable, what it must look like, and what holds when it is unset. Words for people are in `.env.example`. */
const Variables = z.object({
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().max(255).optional(),
  PUBLIC_URL: httpUrl.optional(),
  NODE_ENV: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, "expected sqlite:PATH or postgres://…")
    .default("sqlite:data/newsletter.db"),
  QUEUE_URL: z
    .string()
    .regex(/^(rediss?|postgres(ql)?):\/\/.+$/, "expected redis://… or postgres://…")
    .optional(),
  WORKERS: z.enum(["inside", "apart"]).default("inside"),
  RESEND_API_KEY: oneLine.optional(),
  RESEND_BASE_URL: httpUrl.optional(),
  RESEND_WEBHOOK_SECRET: z
    .string()
    .refine(isWebhookSecret, { error: "expected whsec_ and base64 of at least 16 bytes" })
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/.+$/, "expected smtp://… or smtps://…")
    .optional(),
  DKIM_DOMAIN: oneLine.optional(),
  DKIM_SELECTOR: oneLine.optional(),
  DKIM_PRIVATE_KEY: z.string().optional(),
  MAIL_FROM: mailbox.optional(),
  DATA_KEYS: z.string().optional(),
  ADMIN_API_KEY: z.string().min(24, "expected at least 24 characters").optional(),
  CMS_WEBHOOK_SECRET: z
    .string()
    .refine(isWebhookSecret, { error: "expected whsec_ and base64 of at least 16 bytes" })
    .optional(),
  ALERT_WEBHOOK_URL: httpUrl.optional(),
  ALERT_WEBHOOK_SECRET: z
    .string()
    .refine(isWebhookSecret, { error: "expected whsec_ and base64 of at least 16 bytes" })
    .optional(),
  CLIENT_IP_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, "expected a header name")
    .optional(),
  FETCH_PRIVATE: z.enum(["yes", "no"]).optional(),
  SOURCE_POLL_MINUTES: whole(1, 10_080).default(30),
  SOURCE_RECHECK_HOURS: whole(1, 8_760).default(24),
  SOURCE_PAUSE_SECONDS: whole(0, 60).default(1),
  SIGNUPS_PER_RANGE: whole(1, 1_000_000).default(100),
  SEND_TIMEOUT_SECONDS: whole(1, 300).default(20),
  PAUSE_AT_BOUNCES: percent.default(0.04),
  PAUSE_AT_COMPLAINTS: percent.default(0.0008),
  PAUSE_MIN_SUBMITTED: whole(1, 1_000_000).default(500),
  PAUSE_MIN_COMPLAINTS: whole(1, 10_000).default(5),
  WARM_UP: z
    .string()
    .regex(
      /^(off|new|existing|[1-9]\d{0,8}( *, *[1-9]\d{0,8}){0,365})$/,
      "expected off, new, existing, or messages a day as in 150,250,400",
    )
    .default("off"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  SITE_NAME: oneLine.default("HeyPsych"),
  SITE_URL: httpUrl.optional(),
  SITE_ADDRESS: oneLine.optional(),
  SITE_LIST_ID: z
    .string()
    .regex(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, "expected labels and dots, as in letters.example.org")
    .optional(),
  SITE_ORIGINS: z.string().optional(),
  SITE_TIMEZONE: timezone.default("UTC"),
  SITE_SEND_HOUR: whole(0, 23).default(8),
  SITE_SEND_DAY: whole(1, 7).default(2),
  SITE_WEEKLY_CAP: whole(0, 1000).default(7),
  SITE_REVIEW_MONTHS: whole(1, 600).default(12),
  SITE_DISCREET_NAME: oneLine.default("Your reading"),
  SITE_CRISIS_LINE: oneLine.default("In a crisis, call your local emergency number."),
  SITE_DISCLAIMER: oneLine.default(
    "General information, not medical advice, diagnosis or treatment. Ask a qualified health professional about your own health.",
  ),
});
type Variables = z.infer<typeof Variables>;

/**
 * Checks the environment and gives the configuration, or throws `InvalidError`: one line that names each variable
 * that is wrong or missing and what it expects.
 */
export function toConfig(env: Env): Config {
  const result = Variables.safeParse(env);
  if (!result.success) {
    throw new InvalidError(result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; "));
  }
  const set = result.data;
  const publicUrl = set.PUBLIC_URL ?? `http://localhost:${set.PORT}`;
  const production = set.NODE_ENV === "production" || !LOOPBACK.has(new URL(publicUrl).hostname);
  if (production) requireForProduction(set);
  return {
    port: set.PORT,
    host: set.HOST ?? (production ? null : "127.0.0.1"),
    publicUrl,
    production,
    database: databaseOf(set),
    queue: queueOf(set),
    workers: set.WORKERS,
    mail: mailOf(set),
    mailFrom: set.MAIL_FROM ?? `${set.SITE_NAME} <newsletter@localhost.localdomain>`,
    dataKeys: set.DATA_KEYS?.split(",").map((key) => key.trim()) ?? [],
    adminApiKey: set.ADMIN_API_KEY ?? null,
    cmsWebhookSecret: set.CMS_WEBHOOK_SECRET ?? null,
    alerts: alertsOf(set),
    site: siteOf(set, publicUrl),
    clientIpHeader: set.CLIENT_IP_HEADER ?? null,
    fetchPrivate: set.FETCH_PRIVATE ? set.FETCH_PRIVATE === "yes" : !production,
    limits: { signupsPerRange: set.SIGNUPS_PER_RANGE, confirmationsPerDay: 3 },
    delivery: {
      timeoutMs: set.SEND_TIMEOUT_SECONDS * 1000,
      leaseMs: set.SEND_TIMEOUT_SECONDS * 1000 + 5000,
      guard: {
        bounceRate: set.PAUSE_AT_BOUNCES,
        complaintRate: set.PAUSE_AT_COMPLAINTS,
        minSample: set.PAUSE_MIN_SUBMITTED,
        minComplaints: set.PAUSE_MIN_COMPLAINTS,
      },
      warmUp: warmUpOf(set),
    },
    sources: {
      pollMs: set.SOURCE_POLL_MINUTES * 60_000,
      recheckMs: set.SOURCE_RECHECK_HOURS * 3_600_000,
      pauseMs: set.SOURCE_PAUSE_SECONDS * 1000,
    },
    logLevel: set.LOG_LEVEL,
  };
}

/** What this machine may make up for a trial, and real readers must not depend on. */
function requireForProduction(set: Variables): void {
  const needed = ["PUBLIC_URL", "DATA_KEYS", "ADMIN_API_KEY", "MAIL_FROM", "SITE_ADDRESS"] as const;
  const missing = needed.filter((name) => set[name] === undefined).map((name) => `${name}: required in production`);
  if (!set.RESEND_API_KEY && !set.SMTP_URL) missing.push("RESEND_API_KEY or SMTP_URL: required in production");
  if (set.RESEND_API_KEY && !set.RESEND_WEBHOOK_SECRET) missing.push("RESEND_WEBHOOK_SECRET: required in production");
  if (missing.length > 0) throw new InvalidError(missing.join("; "));
}

/** Resend's own advice for the first seven days of a domain that never sent, and of one that did elsewhere. */
const WARM_UPS: Record<string, number[] | null> = {
  off: null,
  new: [150, 250, 400, 700, 1000, 1500, 2000],
  existing: [1000, 2500, 5000, 5000, 7500, 7500, 10_000],
};

function warmUpOf({ WARM_UP: text }: Variables): number[] | null {
  const known = WARM_UPS[text];
  return known === undefined ? text.split(",").map(Number) : known;
}

function databaseOf({ DATABASE_URL: url }: Variables): Config["database"] {
  if (url.startsWith("sqlite:")) return { engine: "sqlite", path: url.slice("sqlite:".length) };
  return { engine: "postgres", url };
}

function queueOf({ QUEUE_URL: url, WORKERS }: Variables): Config["queue"] {
  if (url) return { driver: url.startsWith("redis") ? "redis" : "postgres", url };
  if (WORKERS === "apart")
    throw new InvalidError("WORKERS: apart needs QUEUE_URL, for the in-process queue has one process");
  return { driver: "memory" };
}

function mailOf(set: Variables): Config["mail"] {
  const dkim = dkimOf(set);
  if (set.RESEND_API_KEY && set.SMTP_URL) throw new InvalidError("SMTP_URL: set either it or RESEND_API_KEY, not both");
  if (set.RESEND_API_KEY) {
    return {
      driver: "resend",
      apiKey: set.RESEND_API_KEY,
      baseUrl: set.RESEND_BASE_URL ?? null,
      webhookSecret: set.RESEND_WEBHOOK_SECRET ?? null,
    };
  }
  if (set.SMTP_URL) return { driver: "smtp", url: set.SMTP_URL, dkim };
  return { driver: "capture" };
}

function alertsOf({ ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret }: Variables): Config["alerts"] {
  if (url && secret) return { url, secret };
  if (!url && !secret) return null;
  throw new InvalidError("ALERT_WEBHOOK_URL, ALERT_WEBHOOK_SECRET: set both or neither");
}

function dkimOf({ DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: privateKey }: Variables) {
  if (domain && selector && privateKey) return { domain, selector, privateKey: readPrivateKey(privateKey) };
  if (!domain && !selector && !privateKey) return null;
  throw new InvalidError("DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY: set all three or none");
}

function readPrivateKey(text: string): string {
  const pem = text.replaceAll("\\n", "\n");
  if (/^-----BEGIN (?:RSA )?PRIVATE KEY-----\n[\s\S]+\n-----END (?:RSA )?PRIVATE KEY-----\s*$/.test(pem)) return pem;
  throw new InvalidError("DKIM_PRIVATE_KEY: expected a private key in PEM");
}

function siteOf(set: Variables, publicUrl: string): Site {
  const url = set.SITE_URL ?? publicUrl;
  return {
    name: set.SITE_NAME,
    url,
    address: set.SITE_ADDRESS ?? "No postal address is set on this trial installation",
    listId: set.SITE_LIST_ID ?? `newsletter.${listDomain(publicUrl)}`,
    origins: originsOf(set, url),
    timezone: set.SITE_TIMEZONE,
    sendHour: set.SITE_SEND_HOUR,
    sendDay: set.SITE_SEND_DAY,
    weeklyCap: set.SITE_WEEKLY_CAP === 0 ? null : set.SITE_WEEKLY_CAP,
    reviewMonths: set.SITE_REVIEW_MONTHS,
    crisisLine: set.SITE_CRISIS_LINE,
    disclaimer: set.SITE_DISCLAIMER,
    discreetName: set.SITE_DISCREET_NAME,
  };
}

function listDomain(publicUrl: string): string {
  const { hostname } = new URL(publicUrl);
  return LOOPBACK.has(hostname) ? "localhost.localdomain" : hostname;
}

function originsOf({ SITE_ORIGINS: list }: Variables, siteUrl: string): string[] {
  if (!list) return [new URL(siteUrl).origin];
  return list.split(",").map((text) => {
    const result = httpUrl.safeParse(text.trim());
    if (!result.success) throw new InvalidError("SITE_ORIGINS: expected http(s) origins with commas between them");
    return new URL(result.data).origin;
  });
}

/** Standard Webhooks: `whsec_` and the base64 of 24 to 64 bytes; somewhat shorter ones are in use. */
function isWebhookSecret(text: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  return encoded !== undefined && Buffer.from(encoded, "base64").length >= 16;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
