import type { TakenIn } from "../articles/index.ts";
import type { Context } from "../context.ts";
import type { DigestReport } from "../digests/index.ts";
import { describeArticle, describeChanges, describeCounts } from "./describe.ts";
import { linkIn, mailNumber, mailsOf } from "./mailbox.ts";
import type { PageSource } from "./page-source.ts";
import { expectThat, type Step } from "./steps.ts";
import type { Visitor } from "./visitor.ts";

const READER = "reader@example.org";
const PATIENCE_MS = 30_000;

export interface Stage {
  ctx: Context;
  visitor: Visitor;
  step: Step;
  say: (line: string) => void;
  /** Where the article stands; both states of it are one article. */
  url: string;
  page: PageSource;
  /** An earlier state of the same page. */
  before: PageSource | null;
}

/** From the form to the inbox and out again. Ends at the first step that fails, by `StepFailed`. */
export async function tell(stage: Stage): Promise<void> {
  const { step, before, page } = stage;
  if (before) await step("Take in the earlier state of the page, as backlog", () => takeInBacklog(stage, before));
  await step("Subscribe", () => subscribe(stage));
  await step("Confirm", () => confirm(stage));
  await step("Take in the page", () => takeInNews(stage, page));
  await step("Take in the same page again", () => takeInAgain(stage, page));
  const { id } = await step("Build the digest", () => build(stage));
  await step("Send the digest", () => send(stage, id));
  const { leave, text } = await step("Read it", () => read(stage));
  for (const line of text.trimEnd().split("\n")) stage.say(`   | ${line}`.trimEnd());
  await step("Unsubscribe with one click", () => unsubscribe(stage, leave));
}

async function takeIn({ visitor, url }: Stage, { html }: PageSource, backfill: boolean) {
  const query = new URLSearchParams({ url, ...(backfill ? { backfill: "true" } : {}) });
  return visitor.api<TakenIn>("POST", `/articles/import?${query}`, { type: "text/html; charset=utf-8", text: html });
}

async function takeInBacklog(stage: Stage, page: PageSource) {
  const taken = await takeIn(stage, page, true);
  expectThat(taken.event === null, "the backlog made an event");
  return { lines: [...describeArticle(taken), "event: none, it is backlog"] };
}

async function subscribe({ ctx, visitor }: Stage) {
  await visitor.press("/subscribe", { email: READER });
  const { subject } = await mailNumber(ctx, 1);
  return { lines: [`${READER} is sent "${subject}"`] };
}

async function confirm({ ctx, visitor }: Stage) {
  const link = linkIn(await mailNumber(ctx, 1), "confirm");
  expectThat((await visitor.look(link)) === 200, "the link of the mail opens no page");
  expectThat((await mailsOf(ctx)).length === 1, "looking at the link was enough to confirm");
  await visitor.press(link);
  const { subject } = await mailNumber(ctx, 2);
  return { lines: ["looking at the link changes nothing; the button confirms", `welcomed with "${subject}"`] };
}

async function takeInNews(stage: Stage, page: PageSource) {
  const taken = await takeIn(stage, page, false);
  const { event } = taken;
  expectThat(event !== null, "there is nothing in it that readers should hear of: its review date did not move");
  return { lines: [...describeArticle(taken), `event: ${event.kind}`, ...describeChanges(event.changes)] };
}

async function takeInAgain(stage: Stage, page: PageSource) {
  const { event, version } = await takeIn(stage, page, false);
  expectThat(event === null, "the same page made a second event");
  return { lines: [`event: none, version ${version} stands`] };
}

async function build({ visitor }: Stage) {
  const body = { type: "application/json", text: JSON.stringify({ events: "new" }) };
  const { id } = await visitor.api<DigestReport>("POST", "/digests", body);
  const { receiving } = await visitor.api<{ receiving: number }>("GET", `/digests/${id}/audience`);
  return { id, lines: [`digest ${id}, for ${receiving} reader${receiving === 1 ? "" : "s"}`] };
}

async function send({ ctx, visitor }: Stage, id: string) {
  await visitor.api("POST", `/digests/${id}/send`);
  await mailNumber(ctx, 3);
  const deadline = ctx.clock() + PATIENCE_MS;
  for (;;) {
    const { status, reason, counts } = await visitor.api<DigestReport>("GET", `/digests/${id}`);
    if (status === "sent") return { lines: [`${status}: ${describeCounts(counts)}`] };
    expectThat(
      status === "sending" && ctx.clock() < deadline,
      `the digest is ${status}: ${reason ?? "no reason given"}`,
    );
  }
}

async function read({ ctx }: Stage) {
  const { from, subject, headers, text } = await mailNumber(ctx, 3);
  const leave = (headers["List-Unsubscribe"] ?? "").slice(1, -1);
  return { leave, text, lines: [`from ${from}`, `subject ${subject}`] };
}

async function unsubscribe({ visitor }: Stage, link: string) {
  expectThat(link !== "", "the digest has no List-Unsubscribe");
  const answer = await visitor.press(link, { "List-Unsubscribe": "One-Click" });
  const { subscribers } = await visitor.api<{ subscribers: { status: string }[] }>("GET", "/subscribers");
  expectThat(subscribers[0]?.status === "unsubscribed", `the reader still is ${subscribers[0]?.status}`);
  return { lines: [`${answer.trim()} The reader is ${subscribers[0].status}`] };
}
