import type { Context } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { revokeByName } from "./queries.ts";

/** Takes an editor's key away, at once. Throws `NotFoundError` when no key of that name opens anything. */
export async function revokeEditor(ctx: Context, name: string): Promise<void> {
  if (!(await revokeByName(ctx.db, name, ctx.clock()))) throw new NotFoundError("There is no editor of that name.");
}
