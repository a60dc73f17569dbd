import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { readDataKeys } from "./data-keys.ts";
import { addKey } from "./open-vault.ts";
import { listKeys, replaceWrapping, SEALED_ADDRESSES, type SealedAddresses } from "./queries.ts";

const PAGE = 500;

/**
 * Puts fresh address and token keys in use, wraps every working key under the newest of DATA_KEYS, and encrypts all
 * addresses anew, page by page. Old links go on working: old token keys stay readable. The blind index keeps its key,
 * since a suppression has no address left to index again. May be interrupted and run again. Gives the number of
 * addresses encrypted anew.
 */
export async function rotateKeys(ctx: Context): Promise<{ addresses: number }> {
  const ring = readDataKeys(ctx.config.dataKeys);
  await transaction(ctx, async (tx) => {
    await ctx.engine.serialise(tx.db, "vault");
    await addKey(tx.db, ring, "address", ctx.clock());
    await addKey(tx.db, ring, "token", ctx.clock());
    for (const key of await listKeys(tx.db)) {
      if (!ring.isCurrent(key.wrapped)) await replaceWrapping(tx.db, key.id, ring.wrap(ring.unwrap(key.wrapped)));
    }
  });
  await ctx.vault.ready();
  let addresses = 0;
  for (const sealed of SEALED_ADDRESSES) addresses += await sealAllAnew(ctx, sealed);
  return { addresses };
}

async function sealAllAnew(ctx: Context, sealed: SealedAddresses): Promise<number> {
  let after = 0;
  let count = 0;
  for (;;) {
    const page = await transaction(ctx, (tx) => sealPageAnew(ctx, tx, sealed, after));
    if (page.last === null) return count;
    after = page.last;
    count += page.count;
  }
}

async function sealPageAnew(ctx: Context, tx: TxContext, sealed: SealedAddresses, after: number) {
  const rows = await sealed.page(tx.db, ctx.engine, after, PAGE);
  for (const row of rows) {
    if (row.address) await sealed.replace(tx.db, row.id, ctx.vault.seal(ctx.vault.open(row.address)));
  }
  return { last: rows.at(-1)?.id ?? null, count: rows.length };
}
