import type { Context } from "../context.ts";
import { nudge, transaction } from "../db/transaction.ts";
import { NotFoundError } from "../errors.ts";
import { parse } from "../parse.ts";
import { pollSourceJob } from "./jobs.ts";
import { deletePages } from "./page-queries.ts";
import { deleteSource, findSource, type Source, updateSource } from "./queries.ts";
import { SourceChange } from "./schemas.ts";

/** Pauses a source or goes on with it; `input` is a `SourceChange`. One that goes on is polled at once. Throws `NotFoundError`. */
export async function changeSource(ctx: Context, uid: string, input: unknown): Promise<void> {
  const { status } = parse(SourceChange, input);
  await transaction(ctx, async (tx) => {
    const source = await mustFind(tx, uid);
    if (source.status === status) return;
    const resumed = status === "active" ? { next_poll_at: source.kind === "notices" ? null : tx.clock() } : {};
    await updateSource(tx.db, uid, { status, ...resumed });
    if (status === "active") await nudge(tx, pollSourceJob(source.id));
  });
}

/** Follows a source no more. The articles taken in from it stay. Throws `NotFoundError`. */
export async function removeSource(ctx: Context, uid: string): Promise<void> {
  await transaction(ctx, async (tx) => {
    const source = await mustFind(tx, uid);
    await deletePages(tx.db, source.id);
    await deleteSource(tx.db, uid);
  });
}

async function mustFind(ctx: Pick<Context, "db">, uid: string): Promise<Source> {
  const source = await findSource(ctx.db, uid);
  if (!source) throw new NotFoundError("There is no such source.");
  return source;
}
