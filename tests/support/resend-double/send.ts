import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Call, header } from "./call.ts";
import { findAddresses } from "./find-addresses.ts";
import { addressOf, type Email, type Refusal, readRequest } from "./messages.ts";
import { noticesOf } from "./notices.ts";
import type { Accepted } from "./record.ts";
import { failure, json, type Reply } from "./reply.ts";
import { behaviourOf } from "./settings.ts";
import type { State } from "./state.ts";

/**
 * Answers a sending request as documented: key first, then content, then quotas. `slowMs` passes between the moment
 * the key is taken and the moment the messages are, as at a provider that is at work.
 */
export async function answerSend(state: State, call: Call, slowMs: number): Promise<Reply> {
  const key = header(call, "idempotency-key");
  const hash = createHash("sha1").update(call.path).update(call.body).digest("base64");
  const known = key === null ? null : state.keys.recall(key, hash);
  if (known) {
    if (known.status === 200) state.record.noteReplay();
    return known;
  }
  const read = state.settings.bench ? readBench(call) : readFull(state, call);
  if ("status" in read) return read;
  const recipients = read.emails.reduce((sum, email) => sum + email.to.length, 0);
  const overQuota = state.limits.quota(state.settings, recipients);
  if (overQuota) return overQuota;
  if (key !== null) state.keys.begin(key, hash);
  if (slowMs > 0) await wait(slowMs);
  return take(state, { key, hash, ...read, recipients });
}

type Brief = Pick<Email, "to" | "tags">;

interface Taken {
  key: string | null;
  hash: string;
  emails: (Email | Brief)[];
  recipients: number;
  answer: (ids: string[]) => Reply;
}

async function take(state: State, { key, hash, emails, recipients, answer }: Taken): Promise<Reply> {
  const first = state.takeIds(emails.length);
  const count = emails.length;
  const reply = () => answer(Array.from({ length: count }, (_, place) => state.messageId(first + place)));
  state.limits.spend(recipients);
  state.record.noteTaken(key, hash, count);
  const messages = emails.flatMap((email, place) => acceptEmail(state, email, first + place, key));
  if (key !== null) state.keys.finish(key, reply);
  await sendNotices(state, messages);
  return reply();
}

function acceptEmail(state: State, email: Email | Brief, number: number, key: string | null): Accepted[] {
  if (state.settings.bench) {
    for (const to of email.to) state.record.count(to);
    return [];
  }
  const base = { id: state.messageId(number), tags: email.tags, key, at: state.clock() };
  return email.to.map((mailbox) => {
    const message: Accepted = { ...base, to: addressOf(mailbox) ?? mailbox, ...("from" in email && { email }) };
    state.record.add(message, state.settings.keep);
    return message;
  });
}

async function sendNotices(state: State, messages: Accepted[]): Promise<void> {
  const { settings, webhooks } = state;
  if (!settings.webhooks || settings.bench) return;
  const early = webhooks.isEarly();
  const sending = messages.map((message) =>
    webhooks.send(
      noticesOf(message, behaviourOf(settings, message.to), () => state.noticeId()),
      early,
    ),
  );
  if (settings.webhooks.early === true) await Promise.all(sending);
  else if (early) await Promise.race([Promise.all(sending), wait(EARLY_MS)]);
}

/** How long an answer waits for the notices that are to come before it. */
const EARLY_MS = 400;

function readBench(call: Call): Pick<Taken, "emails" | "answer"> {
  const emails = findAddresses(call.body).map((to) => ({ to: [to], tags: {} }));
  return { emails, answer: batchAnswer([]) };
}

function readFull(state: State, call: Call): Pick<Taken, "emails" | "answer"> | Reply {
  const batch = call.path === "/emails/batch";
  const body = parse(call.body);
  if (body === undefined) return failure(400, "validation_error", "The request body is not valid JSON.");
  const read = readRequest(body, batch);
  if ("status" in read) return read;
  const unverified = read.emails.find(({ email }) => !isVerified(state, email.from));
  if (unverified) return unverifiedDomain(unverified.email.from);
  const refused = read.emails.filter(({ email }) => isRefused(state, email));
  const errors = [...read.errors, ...refused.map(({ index }) => refusal(index))].sort((a, b) => a.index - b.index);
  const permissive = batch && header(call, "x-batch-validation") === "permissive";
  if (errors[0] && !permissive) return errors[0].reply;
  const emails = read.emails.filter((one) => !refused.includes(one)).map(({ email }) => email);
  return { emails, answer: batch ? batchAnswer(errors) : ([id]) => json(200, { id }) };
}

const batchAnswer =
  (refusals: Refusal[]) =>
  (ids: string[]): Reply => {
    const errors = refusals.map(({ index, message }) => ({ index, message }));
    return json(200, { data: ids.map((id) => ({ id })), ...(errors.length > 0 && { errors }) });
  };

function isRefused({ settings }: State, email: Email): boolean {
  return email.to.some((to) => behaviourOf(settings, addressOf(to) ?? to) === "refused");
}

function refusal(index: number): Refusal {
  const message = "Invalid `to` field. The address is refused.";
  return { index, message, reply: failure(422, "validation_error", message) };
}

function isVerified({ settings }: State, from: string): boolean {
  const domain = addressOf(from)?.split("@")[1]?.toLowerCase();
  return settings.domains === null || (domain !== undefined && settings.domains.includes(domain));
}

function unverifiedDomain(from: string): Reply {
  const domain = addressOf(from)?.split("@")[1] ?? "";
  return failure(403, "validation_error", `The ${domain} domain is not verified. Please, add and verify your domain.`);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return undefined;
  }
}
