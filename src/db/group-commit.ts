import { type Kysely, sql } from "kysely";
import type { Db, Tables, Tx } from "./database.ts";

/** Transactions of one commit at most: whoever waits behind them should not wait long. */
const LARGEST_GROUP = 32;

interface Waiting {
  fn: (tx: Tx) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** What became of one transaction of a group, once the group is committed. */
type Outcome = { value: unknown } | { error: unknown };

/**
 * Runs transactions that come while others wait in one commit, one after the other, each behind a savepoint of its own:
 * the disk is waited for once. Nobody hears of success before the commit.
 */
class GroupCommit {
  readonly #db: Db;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(db: Db) {
    this.#db = db;
  }

  run<T>(fn: (tx: Tx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ fn, resolve: resolve as Waiting["resolve"], reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // What else this turn of the event loop brings comes along.
      setImmediate(() => void this.#drain());
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, LARGEST_GROUP);
      await this.#commit(group);
      await new Promise((done) => setImmediate(done));
    }
    this.#isRunning = false;
  }

  async #commit(group: Waiting[]): Promise<void> {
    try {
      const outcomes = await this.#db.transaction().execute((tx) => runEach(tx, group));
      for (const [place, { resolve, reject }] of group.entries()) {
        const outcome = outcomes[place] as Outcome;
        if ("error" in outcome) reject(outcome.error);
        else resolve(outcome.value);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

async function runEach(tx: Tx, group: Waiting[]): Promise<Outcome[]> {
  const [only] = group;
  if (group.length === 1 && only) return [{ value: await only.fn(tx) }];
  const outcomes: Outcome[] = [];
  for (const { fn } of group) outcomes.push(await runOne(tx, fn));
  return outcomes;
}

async function runOne(tx: Tx, fn: Waiting["fn"]): Promise<Outcome> {
  await sql`savepoint one`.execute(tx);
  try {
    return { value: await fn(tx) };
  } catch (error) {
    await sql`rollback to one`.execute(tx);
    return { error };
  } finally {
    await sql`release one`.execute(tx);
  }
}

const groups = new WeakMap<Kysely<Tables>, GroupCommit>();

/** The group of a database that has one writer. */
export function groupOf(db: Db): GroupCommit {
  const group = groups.get(db) ?? new GroupCommit(db);
  groups.set(db, group);
  return group;
}
