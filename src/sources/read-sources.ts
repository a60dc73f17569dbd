import type { Context } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { countPages, listPages } from "./page-queries.ts";
import { allSources, findSource, type Source } from "./queries.ts";
import { SOURCE_STATUSES, type SourceStatus, statusOf } from "./status.ts";
import type { PageState, SourceKind } from "./table.ts";
import { NOTICES } from "./take-notice.ts";

/** How many of a source's pages stand how. */
export interface PageCounts {
  known: number;
  /** Whose article was taken in, whatever the last look at them came to. */
  taken: number;
  /** To be looked at now. */
  waiting: number;
  failing: number;
  gone: number;
  refused: number;
  notFollowed: number;
}

/** A source as editors see it; times in milliseconds. */
export interface SourceReport {
  id: string;
  url: string;
  kind: SourceKind;
  title: string | null;
  status: SourceStatus;
  /** When its list was last read well. */
  lastOkAt: number | null;
  /** When the last round ended: the list read, and every page that was due looked at. */
  lastPolledAt: number | null;
  nextPollAt: number | null;
  failingSince: number | null;
  lastError: string | null;
  note: string | null;
  pages: PageCounts;
  createdAt: number;
}

/** A page that is not, or no longer, taken in, and why. */
export interface PageTrouble {
  url: string;
  state: PageState;
  reason: string | null;
  /** Failed fetches in a row. */
  attempts: number;
  nextLookAt: number | null;
  takenAt: number | null;
}

type Reads = Pick<Context, "db" | "clock" | "config">;

/** Every source, in the order they were added. */
export async function listSources(ctx: Reads): Promise<SourceReport[]> {
  const counts = await countPages(ctx.db, ctx.clock());
  return (await allSources(ctx.db)).map((source) => toReport(ctx, source, counts));
}

const TROUBLES: PageState[] = ["failing", "gone", "refused", "outside"];
const MOST_TROUBLES = 200;

/** One source with those of its pages that are not taken in, 200 at most. Throws `NotFoundError`. */
export async function getSource(ctx: Reads, uid: string): Promise<SourceReport & { troubles: PageTrouble[] }> {
  const source = await findSource(ctx.db, uid);
  if (!source) throw new NotFoundError("There is no such source.");
  const pages = await listPages(ctx.db, source.id, TROUBLES, MOST_TROUBLES);
  const troubles = pages.map(({ url, state, reason, attempts, next_at, taken_at }) => ({
    url,
    state,
    reason,
    attempts,
    nextLookAt: next_at,
    takenAt: taken_at,
  }));
  return { ...toReport(ctx, source, await countPages(ctx.db, ctx.clock())), troubles };
}

/** How many sources stand how, and how many of their pages cannot be fetched. */
export async function countSources(
  ctx: Reads,
): Promise<{ byStatus: Record<SourceStatus, number>; failingPages: number }> {
  const byStatus = Object.fromEntries(SOURCE_STATUSES.map((status) => [status, 0])) as Record<SourceStatus, number>;
  const reports = await listSources(ctx);
  for (const { status } of reports) byStatus[status] += 1;
  return { byStatus, failingPages: reports.reduce((sum, { pages }) => sum + pages.failing, 0) };
}

function toReport(ctx: Reads, source: Source, counts: Awaited<ReturnType<typeof countPages>>): SourceReport {
  const pages = pagesOf(counts.filter(({ source_id }) => source_id === source.id));
  return {
    id: source.uid,
    url: source.url === NOTICES ? `${ctx.config.publicUrl}${NOTICES}` : source.url,
    kind: source.kind,
    title: source.title,
    status: statusOf(source, pages.waiting, ctx.clock()),
    lastOkAt: source.ok_at,
    lastPolledAt: source.polled_at,
    nextPollAt: source.next_poll_at,
    failingSince: source.failing_since,
    lastError: source.last_error,
    note: source.note,
    pages,
    createdAt: source.created_at,
  };
}

function pagesOf(counts: Awaited<ReturnType<typeof countPages>>): PageCounts {
  const sum = (of: "count" | "taken" | "due", state?: PageState) =>
    counts
      .filter((one) => state === undefined || one.state === state)
      .reduce((total, one) => total + Number(one[of]), 0);
  return {
    known: sum("count"),
    taken: sum("taken"),
    waiting: sum("due"),
    failing: sum("count", "failing"),
    gone: sum("count", "gone"),
    refused: sum("count", "refused"),
    notFollowed: sum("count", "outside"),
  };
}
