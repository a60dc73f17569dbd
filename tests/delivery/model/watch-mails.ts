import type { Mailer, OutgoingMessage, SendOutcome } from "../../../src/mail/mailer.ts";
import { follow } from "./follow.ts";
import { Killed } from "./killed.ts";
import { ARTICLES, attemptsOf, type Letter, type Oracle } from "./oracle.ts";
import { acceptLetter, advance } from "./oracle-letters.ts";
import { bytesOf } from "./provider.ts";
import type { Life, Purpose, World } from "./world.ts";

type Send = Parameters<Mailer["send"]>;

/** Stands between the engine and the provider: looks at every request, and makes happen what is to happen then. */
export async function watchMails(life: Life, messages: Send[0], options: Send[1]): Promise<SendOutcome> {
  const { world, oracle } = life;
  const key = options.idempotencyKey;
  Object.assign(world, { requests: world.requests + 1, lastKey: key });
  await follow(life);
  const letters = messages.map((message) => readLetter(oracle, message, key));
  checkBytes(oracle, letters, messages, key);
  const attempts = attemptsOf(oracle, key);
  const before = attempts.unsettledSince;
  attempts.count += 1;
  const mine = attempts.count;
  attempts.unsettledSince ??= oracle.now();
  const { crash, meanwhile } = world.next;
  world.next = { crash: null, meanwhile: null };
  if (crash === "before") throw new Killed("before the request");
  const seen = world.provider.taken().length;
  const outcome = await world.provider.mailer.send(messages, options);
  noteTaken(life, seen, messages);
  await meanwhile?.();
  if (crash === "after") throw new Killed("after the request");
  noteOutcome(oracle, letters, { key, outcome, before, late: attempts.count !== mine });
  return outcome;
}

/** The letter that a message is, with what is wrong about it. */
function readLetter(oracle: Oracle, message: OutgoingMessage, key: string): Letter {
  const letter = oracle.letters.find((one) => `d${one.id}` === message.tags.delivery);
  if (!letter) throw new Error(`a message to ${message.to} that nobody is owed`);
  const wrong = (what: string) => oracle.faults.push(`letter ${letter.id} to ${message.to}: ${what}`);
  if (letter.reader.address !== message.to) wrong(`is for ${letter.reader.address}`);
  if (letter.key !== key) wrong(`stands in ${letter.key}`);
  if (letter.status === "skipped") wrong("is sent though skipped");
  if (letter.frozenAt === null) wrong("is not frozen");
  const takes = ARTICLES.map((_, article) =>
    Math.max(
      0,
      ...oracle.events
        .filter((one) => one.article === article && letter.events.includes(one.seq))
        .map((one) => one.take),
    ),
  );
  const said = ARTICLES.map((name) => Number(new RegExp(`^${name}, take (\\d+)`, "m").exec(message.text)?.[1] ?? 0));
  if (letter.kind === "digest" && said.join() !== takes.join()) wrong(`says ${said} instead of ${takes}`);
  if (letter.discreet !== message.from.includes("Your reading")) wrong("is not as discreet as its reader wished");
  if (letter.kind !== "confirm" && !message.headers["List-Unsubscribe"]) wrong("cannot be left");
  return letter;
}

/** Everyone frozen in a batch is in each of its requests, and every request is the same. */
function checkBytes(oracle: Oracle, letters: Letter[], messages: OutgoingMessage[], key: string): void {
  const members = oracle.letters.filter((one) => one.key === key && one.status !== "skipped");
  const missing = members.filter((one) => !letters.includes(one));
  if (missing.length > 0) oracle.faults.push(`${key} goes without ${missing.map((one) => one.id)}`);
  const attempts = attemptsOf(oracle, key);
  const bytes = bytesOf(messages);
  if (attempts.bytes !== null && attempts.bytes !== bytes) oracle.faults.push(`${key} does not send the same again`);
  attempts.bytes = bytes;
}

/** What the provider truly took, and the links its readers hold from now on. */
function noteTaken({ world, oracle }: Life, seen: number, messages: OutgoingMessage[]): void {
  for (const { tags } of world.provider.taken().slice(seen)) {
    const letter = oracle.letters.find((one) => `d${one.id}` === tags.delivery);
    const message = messages.find((one) => one.tags.delivery === tags.delivery);
    if (!letter || !message) throw new Error(`${tags.delivery} was taken and not sent`);
    acceptLetter(oracle, letter);
    keepLinks(world, letter, message);
  }
}

function keepLinks({ held }: World, { reader, frozenAt }: Letter, { text, headers }: OutgoingMessage): void {
  const words = `${text} ${headers["List-Unsubscribe"] ?? ""}`;
  for (const purpose of Object.keys(held) as Purpose[]) {
    const token = new RegExp(`/${purpose}/([A-Za-z0-9._~-]+)`).exec(words)?.[1];
    if (token) held[purpose].push({ reader, token, issuedAt: frozenAt ?? 0 });
  }
}

interface Heard {
  key: string;
  outcome: SendOutcome;
  /** The first attempt of unknown outcome before this one. */
  before: number | null;
  /** The answer took so long that another worker has the batch by now. */
  late: boolean;
}

/** What the engine must make of an outcome. Of a late one only what it proves of everybody. */
function noteOutcome(oracle: Oracle, letters: Letter[], { key, outcome, before, late }: Heard): void {
  const attempts = attemptsOf(oracle, key);
  const { kind } = outcome;
  if (kind === "accepted") for (const letter of letters) advance(letter, "submitted");
  if (kind === "halt") for (const one of oracle.editions) if (one.status === "sending") one.status = "paused";
  if (late) return;
  if (kind === "refused" && letters.length === 1) for (const letter of letters) letter.refusedAlone = true;
  if (kind === "mismatch") {
    attempts.mismatch = true;
    for (const letter of letters) advance(letter, "unknown");
  }
  if (["retry", "throttle", "halt", "refused"].includes(kind)) attempts.unsettledSince = before;
  if (kind === "accepted") attempts.unsettledSince = null;
}
