import type { Context } from "../context.ts";
import type { AddOptions, Job } from "../queue/queue.ts";
import type { Tx } from "./database.ts";
import { groupOf } from "./group-commit.ts";

/** A context whose `db` is a transaction. Verbs that must share one ask for it by type. */
export type TxContext = Omit<Context, "db"> & { db: Tx; hooks: (() => Promise<void>)[] };

/** Runs of a transaction that keeps losing races, before its error is the caller's. */
const MOST_RUNS = 5;

/**
 * Runs `fn` in a transaction, or joins the one that `ctx` already carries. What `nudge` adds inside waits for the
 * commit. On SQLite the transaction is immediate: it takes the write lock before it reads. On PostgreSQL one that met a
 * deadlock is run again, so `fn` must do nothing that a rollback does not undo.
 */
export async function transaction<T>(ctx: Context | TxContext, fn: (tx: TxContext) => Promise<T>): Promise<T> {
  if ("hooks" in ctx) return fn(ctx);
  for (let run = 1; ; run += 1) {
    const hooks: TxContext["hooks"] = [];
    try {
      const result = await begin(ctx, (db) => fn({ ...ctx, db, hooks }));
      for (const hook of hooks) await hook();
      return result;
    } catch (error) {
      if (run === MOST_RUNS || !ctx.engine.isLostRace(error)) throw error;
    }
  }
}

function begin<T>({ db, engine }: Context, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return engine.locksRows ? db.transaction().execute(fn) : groupOf(db).run(fn);
}

/**
 * Adds a job, after the commit when inside a transaction. A queue out of reach is logged and forgiven: the row says
 * what is owed and the sweep will find it.
 */
export async function nudge(ctx: Context | TxContext, jobs: Job | Job[], options?: AddOptions): Promise<void> {
  const list = Array.isArray(jobs) ? jobs : [jobs];
  const add = async () => {
    try {
      await ctx.queue.addMany(list, options);
    } catch (error) {
      ctx.log.warn({ err: error, jobs: list.length }, "the queue took no job; the sweep will find the rows");
    }
  };
  if ("hooks" in ctx) ctx.hooks.push(add);
  else await add();
}
