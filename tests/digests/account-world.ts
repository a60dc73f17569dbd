import { inject } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { applyEvent, DELIVERY_STATUSES, recordEvent } from "../../src/delivery/index.ts";
import {
  auditLedgers,
  draftDigest,
  getDigest,
  type LedgerOptions,
  type LedgerPlace,
  ledgerPage,
  sendDigest,
} from "../../src/digests/index.ts";
import type { ProviderEventKind } from "../../src/mail/provider-event.ts";
import { createResendMailer } from "../../src/mail/resend.ts";
import { articlePage } from "../support/article-page.ts";
import { type TestContext, testClock, testContext } from "../support/context.ts";
import { type ResendDouble, startResendDouble } from "../support/resend-double/index.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

export type World = TestContext & { resend: ResendDouble };

const closing: (() => Promise<unknown>)[] = [];

export async function closeWorlds(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

/** An installation on this engine with the provider's double behind it. */
export async function openWorld(engine: string, env: Record<string, string> = {}): Promise<World> {
  const clock = testClock();
  const resend = await startResendDouble({ rateLimit: null, clock });
  closing.push(resend.close);
  const mailer = createResendMailer({ apiKey: "re_test", baseUrl: resend.url, clock });
  const database = engine === "postgres" ? { DATABASE_URL: await freshDatabaseUrl(inject) } : {};
  const world = await testContext({ clock, mailer, env: { SEND_TIMEOUT_SECONDS: "1", ...database, ...env } });
  closing.push(world.close);
  return { ...world, resend };
}

/** An article about depression, and its event. */
export async function publish({ ctx, jobs }: World, path = "morning-light", category = "Depression"): Promise<void> {
  await takeIn(ctx, { html: articlePage({ title: path, category }), url: `https://calm.example/articles/${path}` });
  jobs.length = 0;
}

export async function start({ ctx }: World, body: object = {}): Promise<string> {
  const { uid } = await draftDigest(ctx, body);
  await sendDigest(ctx, uid);
  return uid;
}

export async function send(world: World, body: object = {}): Promise<string> {
  const uid = await start(world, body);
  await world.work();
  return uid;
}

/** Lets the provider refuse these addresses from now on, and no other. */
export function refuse({ resend }: World, ...names: string[]): void {
  resend.settings.addresses = names.map((name) => ({ match: `^${name}@`, as: "refused" as const }));
}

/** The whole ledger, a line for each candidate, read in pages of `limit`. */
export async function ledger({ ctx }: World, uid: string, limit = 7, options: LedgerOptions = { excluded: true }) {
  const lines: Awaited<ReturnType<typeof ledgerPage>>["lines"] = [];
  for (let place: LedgerPlace | null = null; ; ) {
    const page: Awaited<ReturnType<typeof ledgerPage>> = await ledgerPage(ctx, uid, { ...options, place, limit });
    lines.push(...page.lines);
    if (page.next === null) return lines;
    place = page.next;
  }
}

/** Candidates less deliveries and exclusions, whatever the moment; and what an audit of the rows finds. */
export async function unaccounted({ ctx }: World, uid: string): Promise<unknown> {
  const { candidates, excluded, ...states } = (await getDigest(ctx, uid)).counts;
  const deliveries = DELIVERY_STATUSES.reduce((sum, name) => sum + states[name], 0);
  const out = Object.values(excluded).reduce((sum, count) => sum + count, 0);
  return { missing: candidates - deliveries - out, faults: (await auditLedgers(ctx)).faults };
}

export const NOTHING = { missing: 0, faults: [] };

let notices = 0;

/** The provider says something of a delivery: of its present message, or of the one of this id. */
export async function notice(world: World, uid: string, id: number, kind: ProviderEventKind, providerId?: string) {
  notices += 1;
  const { ctx, clock } = world;
  const event = `msg_${notices}`;
  await recordEvent(ctx, {
    id: event,
    kind,
    at: clock(),
    providerId: providerId ?? null,
    tags: { digest: uid, delivery: `d${id}` },
    detail: null,
  });
  const row = await ctx.db
    .selectFrom("provider_event")
    .select("id")
    .where("provider_event_id", "=", event)
    .executeTakeFirstOrThrow();
  await applyEvent(ctx, row.id);
}

export function statusOf({ ctx }: World, id: number) {
  return ctx.db.selectFrom("delivery").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
}
