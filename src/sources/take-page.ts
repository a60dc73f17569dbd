import { createHash } from "node:crypto";
import { AnswerError, type FetchedPage, takeIn, UnfitError } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { ConflictError, InvalidError } from "../errors.ts";
import { whyOutside } from "./hosts.ts";
import { claimPage, type SourcePage, settlePage } from "./page-queries.ts";
import { countPageFailure, forgetPageFailures, type Source } from "./queries.ts";
import { wordsOf } from "./record-failure.ts";
import type { PageState } from "./table.ts";
import { askedWait, isHostTrouble, waitAfter } from "./waits.ts";

/** Longer than any fetch and taking in; a worker that dies costs this much time. */
const LEASE_MS = 60_000;

/** How a page stands after it was looked at. */
export interface Looked {
  state: PageState;
  reason: string | null;
}

/**
 * Looks at a page that is due: asks whether it changed since the last look, and takes it in when it did. Whatever comes
 * of it is written to its row, with when to look again. Null when it is not due, or another worker looks at it.
 */
export async function takePage(ctx: Context, source: Source, pageId: number): Promise<Looked | null> {
  const now = ctx.clock();
  const page = await claimPage(ctx.db, pageId, now, now + LEASE_MS);
  if (!page) return null;
  let fetched: FetchedPage | undefined;
  try {
    fetched = await ctx.fetchPage(page.url, { etag: page.etag, lastModified: page.last_modified });
    return await takeFetched(ctx, source, page, fetched);
  } catch (error) {
    return isVerdict(error) ? refuse(ctx, source, page, error.message, fetched) : fail(ctx, source, page, error);
  }
}

/** Whether trying again is of no use before the page changes. */
function isVerdict(error: unknown): error is Error {
  return error instanceof InvalidError || error instanceof ConflictError || error instanceof UnfitError;
}

async function takeFetched(ctx: Context, source: Source, page: SourcePage, fetched: FetchedPage): Promise<Looked> {
  const known = page.body_hash !== null && (fetched.unchanged || page.body_hash === hashOf(fetched));
  if (known) return keep(ctx, source, page, fetched);
  const outside = source.kind === "notices" ? null : whyOutside(ctx.config.site, source.url, fetched.url);
  if (outside !== null) return refuse(ctx, source, page, `It leads to ${fetched.url}: ${outside}.`, fetched);
  const found = { state: "taken", reason: null } as const;
  // Reading a large page takes long and must hold no lock. Dying between the two takes it in again, which writes nothing.
  await takeIn(ctx, { html: fetched.body, url: fetched.url, backfill: page.backlog === 1 });
  await settlePage(ctx.db, page, { ...settled(ctx, source, fetched), ...found, taken_at: ctx.clock() });
  await mendHost(ctx, source);
  return found;
}

/** The same as when it was last settled. */
async function keep(ctx: Context, source: Source, page: SourcePage, fetched: FetchedPage): Promise<Looked> {
  const found: Looked = page.state === "refused" ? page : { state: "taken", reason: null };
  const { state, reason } = found;
  await settlePage(ctx.db, page, {
    ...settled(ctx, source, fetched),
    etag: fetched.etag ?? page.etag,
    last_modified: fetched.lastModified ?? page.last_modified,
    body_hash: page.body_hash,
    state,
    reason,
  });
  await mendHost(ctx, source);
  return { state, reason };
}

async function refuse(
  ctx: Context,
  source: Source,
  page: SourcePage,
  reason: string,
  fetched: FetchedPage | undefined,
): Promise<Looked> {
  const found = { state: "refused", reason } as const;
  await settlePage(ctx.db, page, { ...settled(ctx, source, fetched), ...found });
  if (fetched) await mendHost(ctx, source);
  return found;
}

async function fail(ctx: Context, source: Source, page: SourcePage, error: unknown): Promise<Looked> {
  const now = ctx.clock();
  const gone = error instanceof AnswerError && (error.status === 404 || error.status === 410);
  const found: Looked = { state: gone ? "gone" : "failing", reason: wordsOf(ctx, error, { page: page.url }) };
  const wait = askedWait(error, now) ?? waitAfter(page.attempts + 1);
  // Only a page whose article stands may be found unchanged later: any other verdict is reached anew.
  const forget = page.taken_at === null || page.state === "refused";
  await settlePage(ctx.db, page, {
    ...found,
    ...(forget ? { etag: null, last_modified: null, body_hash: null } : {}),
    attempts: page.attempts + 1,
    checked_at: now,
    next_at: now + wait,
  });
  if (isHostTrouble(error)) await restHost(ctx, source, askedWait(error, now));
  return found;
}

/** So many pages in a row, and it is the host that fails. */
const TROUBLED = 3;

async function restHost(ctx: Context, source: Source, asked: number | null): Promise<void> {
  const failures = source.page_failures + 1;
  const wait = asked ?? (failures >= TROUBLED ? waitAfter(failures - TROUBLED + 1) : null);
  await countPageFailure(ctx.db, source.id, wait === null ? null : ctx.clock() + wait);
}

async function mendHost(ctx: Context, source: Source): Promise<void> {
  if (source.page_failures > 0) await forgetPageFailures(ctx.db, source.id);
}

/** What every verdict notes. Pages of notices are looked at again when the next notice says so. */
function settled(ctx: Context, source: Source, fetched: FetchedPage | undefined) {
  const now = ctx.clock();
  return {
    etag: fetched?.etag ?? null,
    last_modified: fetched?.lastModified ?? null,
    body_hash: fetched ? hashOf(fetched) : null,
    attempts: 0,
    backlog: 0,
    checked_at: now,
    next_at: source.kind === "notices" ? null : now + ctx.config.sources.recheckMs,
  } as const;
}

function hashOf({ body }: FetchedPage): string {
  return createHash("sha256").update(body).digest("base64url");
}
