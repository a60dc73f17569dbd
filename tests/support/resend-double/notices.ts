import { Webhook } from "standardwebhooks";
import type { Accepted } from "./record.ts";
import type { Behaviour } from "./settings.ts";

/** A webhook as the provider words it. */
export interface Notice {
  /** `svix-id`, the same on every attempt. */
  id: string;
  body: { type: string; created_at: string; data: Record<string, unknown> };
}

interface Step {
  type: string;
  detail?: Record<string, unknown>;
}

const SENT: Step = { type: "email.sent" };
const DELIVERED: Step = { type: "email.delivered" };

/** Which notices follow a message, oldest first. */
function storyOf(behaviour: Behaviour, to: string): Step[] {
  switch (behaviour) {
    case "delivered":
      return [SENT, DELIVERED];
    case "bounced":
      return [SENT, bounced("Permanent", "General", `550 5.1.1 <${to}>: no such user`)];
    case "bounced-soft":
      return [SENT, bounced("Transient", "MailboxFull", `452 4.2.2 <${to}>: mailbox full`)];
    case "complained":
      return [SENT, DELIVERED, { type: "email.complained" }];
    case "delayed":
      return [SENT, { type: "email.delivery_delayed" }, DELIVERED];
    case "suppressed":
      return [suppressed()];
    case "failed":
      return [{ type: "email.failed", detail: { failed: { reason: "reached_daily_quota" } } }];
    default:
      return [];
  }
}

/** The address stands in the words too, as mailbox providers repeat it. */
function bounced(type: string, subType: string, message: string): Step {
  const bounce = { type, subType, message, diagnosticCode: [`smtp; ${message}`] };
  return { type: "email.bounced", detail: { bounce } };
}

function suppressed(): Step {
  const message = "The address is on the account suppression list.";
  const type = "OnAccountSuppressionList";
  return {
    type: "email.suppressed",
    detail: { suppressed: { type, reason: "previous_bounce", message, diagnosticCode: [] } },
  };
}

/** The notices of an accepted message. They name the address, as the provider's do. */
export function noticesOf(message: Accepted, behaviour: Behaviour, newId: () => string): Notice[] {
  return storyOf(behaviour, message.to).map((step, place) => notice(message, step, message.at + place, newId()));
}

/** One notice of any type, for a test that tells its own story. */
export function noticeOf(
  message: Accepted,
  type: string,
  detail: Record<string, unknown>,
  at: number,
  id: string,
): Notice {
  return notice(message, { type, detail }, at, id);
}

/** The same notice about a message of somebody else's account, under an id of its own. */
export function strangerOf(notice: Notice): Notice {
  const strange = { email_id: `00000000-0000-4000-8000-${notice.id.slice(-12)}`, tags: strangeTags(notice) };
  return { id: `${notice.id}x`, body: { ...notice.body, data: { ...notice.body.data, ...strange } } };
}

/** The number may well be one of ours; the id beside it is not. */
function strangeTags({ body }: Notice): Record<string, string> {
  const { digest, mail, ...others } = (body.data.tags ?? {}) as Record<string, string>;
  return { ...others, ...(mail === undefined ? { digest: `${digest}x` } : { mail: `${mail}x` }) };
}

/** Headers of one attempt, signed over the raw body as Svix does. */
export function sign(secret: string, id: string, rawBody: string, now: number): Record<string, string> {
  return {
    "content-type": "application/json",
    "svix-id": id,
    "svix-timestamp": String(Math.floor(now / 1000)),
    "svix-signature": new Webhook(secret).sign(id, new Date(now), rawBody),
  };
}

function notice(message: Accepted, { type, detail }: Step, at: number, id: string): Notice {
  const { email } = message;
  const data = {
    email_id: message.id,
    message_id: `<${message.id}@eu-west-1.amazonses.com>`,
    created_at: new Date(message.at).toISOString(),
    to: [message.to],
    tags: message.tags,
    ...(email && { from: email.from, subject: email.subject, headers: headerList(email.headers) }),
    ...detail,
  };
  return { id, body: { type, created_at: new Date(at).toISOString(), data } };
}

function headerList(headers: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
