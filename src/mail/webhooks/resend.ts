import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { ForbiddenError, InvalidError } from "../../errors.ts";
import type { ProviderNotice } from "../provider-event.ts";
import { type IndexOf, normalise } from "./resend-notice.ts";

/** Each way, as Svix's own libraries have it. */
const TOLERANCE_SECONDS = 5 * 60;

export interface ResendWebhook {
  /** The body as it came, byte for byte: a re-serialised one has another signature. */
  rawBody: string;
  headers: { get(name: string): string | null };
  /** `whsec_` and base64. */
  secret: string;
  /** Milliseconds since 1970. */
  now: number;
  indexOf: IndexOf;
}

/**
 * Reads a notice from Resend: checks the Svix signature (`svix-id`, `svix-timestamp`, `svix-signature`), then gives the
 * event with nothing personal left in it, or null for a type that means nothing here. Throws `ForbiddenError` when the
 * signature is missing, wrong, or more than five minutes off, and `InvalidError` when a signed body is not a notice.
 */
export function readResendWebhook({ rawBody, headers, secret, now, indexOf }: ResendWebhook): ProviderNotice | null {
  const id = headers.get("svix-id");
  const timestamp = headers.get("svix-timestamp");
  const signatures = headers.get("svix-signature");
  if (!id || !timestamp || !signatures) throw new ForbiddenError("the notice is not signed");
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  if (!(Math.abs(now / 1000 - seconds) <= TOLERANCE_SECONDS))
    throw new ForbiddenError("the notice is too old or too new");
  const expected = new Webhook(secret).sign(id, new Date(seconds * 1000), rawBody);
  // A list while the secret is being rotated.
  if (!signatures.split(" ").some((given) => isSame(given, expected))) {
    throw new ForbiddenError("the notice's signature does not fit");
  }
  return normalise(id, parse(rawBody), now, indexOf);
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function parse(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody) as unknown;
  } catch {
    throw new InvalidError("the notice is not JSON");
  }
}
