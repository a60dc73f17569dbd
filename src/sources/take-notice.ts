import { webAddress } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { nudge, type TxContext, transaction } from "../db/transaction.ts";
import { InvalidError } from "../errors.ts";
import { pollSourceJob } from "./jobs.ts";
import { askForPage } from "./page-queries.ts";
import { findSourceByUrl, insertSource, type Source } from "./queries.ts";
import { takePage } from "./take-page.ts";

/** Where notices come in; the one source that nobody adds. */
export const NOTICES = "/webhooks/cms";

/** What became of a noticed page: `waiting` is tried again by the workers until it can be had. */
export interface Noticed {
  status: "taken-in" | "waiting" | "refused";
  /** Why it waits or was refused. */
  reason: string | null;
}

/**
 * Stores the page that a signed notice names, so that it is taken in whatever happens from here on, and tries at once.
 * A page that holds no article is noted with the reason. Throws `InvalidError` for what is no http(s) address.
 */
export async function takeNotice(ctx: Context, address: string): Promise<Noticed> {
  const url = webAddress(address);
  if (url === null) throw new InvalidError("url: expected an http(s) address");
  const { source, pageId } = await transaction(ctx, (tx) => store(tx, url));
  if (source.status === "paused") return { status: "waiting", reason: "Notices are paused." };
  const looked = await takePage(ctx, source, pageId);
  if (looked?.state === "taken") return { status: "taken-in", reason: null };
  if (looked?.state === "refused") return { status: "refused", reason: looked.reason };
  await nudge(ctx, pollSourceJob(source.id));
  return { status: "waiting", reason: looked?.reason ?? null };
}

async function store(tx: TxContext, url: string): Promise<{ source: Source; pageId: number }> {
  const now = tx.clock();
  const row = { uid: tx.newId(), url: NOTICES, kind: "notices", status: "active", created_at: now } as const;
  const source = (await insertSource(tx.db, row)) ?? (await findSourceByUrl(tx.db, NOTICES));
  if (!source) throw new Error("the source of notices was removed while a notice came in");
  const page = {
    source_id: source.id,
    url,
    state: "waiting",
    marker: "",
    backlog: 0,
    next_at: now,
    created_at: now,
  } as const;
  return { source, pageId: await askForPage(tx.db, page) };
}
