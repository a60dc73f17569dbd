import { z } from "zod";
import type { Context } from "../context.ts";
import { ConflictError, NotFoundError } from "../errors.ts";
import { parse } from "../parse.ts";
import { readAddress } from "../subscribers/index.ts";
import { LOCALES, type Locale } from "../subscribers/words.ts";
import type { Editor } from "./authenticate.ts";
import { monthDue } from "./month-due.ts";
import { clearReminders, type EditorRow, findById, findByName, setReminders } from "./queries.ts";

export const ReminderWish = z.object({
  email: z.string().max(320),
  locale: z.enum(LOCALES).default("en"),
});

/** Where an editor wants the monthly list of what is due for review; nulls: nowhere. */
export interface Reminders {
  email: string | null;
  locale: Locale | null;
}

/** Throws `ConflictError` for the bootstrap key, which is nobody's. */
export async function readReminders(ctx: Context, editor: Editor): Promise<Reminders> {
  return toReminders(ctx, await rowOf(ctx, editor));
}

/**
 * Sends an editor the list from next month on; a later wish changes address and language. Whether the address may be
 * mailed is only looked at when a mail goes out, so that the answer tells nothing about it. Throws `InvalidError` for
 * what is no address, `ConflictError` for the bootstrap key.
 */
export async function wishReminders(ctx: Context, editor: Editor, input: unknown): Promise<Reminders> {
  return remember(ctx, await rowOf(ctx, editor), input);
}

/** Sends an editor no more lists, this month's included if it is not under way. Throws `ConflictError` as above. */
export async function stopReminders(ctx: Context, editor: Editor): Promise<void> {
  await clearReminders(ctx.db, (await rowOf(ctx, editor)).id);
}

/** The same three by name, for whoever looks after the keys. Throws `NotFoundError` when no key of that name opens. */
export async function wishRemindersFor(ctx: Context, name: string, input: unknown): Promise<Reminders> {
  return remember(ctx, await rowNamed(ctx, name), input);
}

export async function stopRemindersFor(ctx: Context, name: string): Promise<void> {
  await clearReminders(ctx.db, (await rowNamed(ctx, name)).id);
}

async function remember(ctx: Context, { id }: EditorRow, input: unknown): Promise<Reminders> {
  const { email, locale } = parse(ReminderWish, input);
  const { address, canonical } = readAddress(email);
  const { timezone, sendHour } = ctx.config.site;
  await ctx.vault.ready();
  await setReminders(ctx.db, id, {
    address: ctx.vault.seal(address),
    index: ctx.vault.index(canonical),
    locale,
    month: monthDue(timezone, ctx.clock(), sendHour),
  });
  return { email: address, locale };
}

async function rowOf(ctx: Context, { id }: Editor): Promise<EditorRow> {
  const row = id === null ? undefined : await findById(ctx.db, id);
  if (row) return row;
  throw new ConflictError("The bootstrap key is nobody's; use a key of your own (editors add) to get mail.");
}

async function rowNamed(ctx: Context, name: string): Promise<EditorRow> {
  const row = await findByName(ctx.db, name);
  if (!row) throw new NotFoundError("There is no editor of that name.");
  return row;
}

async function toReminders(ctx: Context, row: EditorRow): Promise<Reminders> {
  if (row.reminder_address === null) return { email: null, locale: null };
  await ctx.vault.ready();
  return { email: ctx.vault.open(row.reminder_address), locale: row.reminder_locale };
}
