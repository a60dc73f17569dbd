import { resolve } from "node:path";
import { backUp, restore } from "../db/backup.ts";
import { openDatabase } from "../db/open.ts";
import { leaveEditorMails, pauseSending } from "../delivery/index.ts";
import { openVault } from "../vault/index.ts";
import type { Command } from "./command.ts";

export const backup: Command = {
  name: "backup",
  args: ["FILE"],
  options: [],
  about: "one consistent copy of the database, while everything goes on",
  async run({ args: [file = ""], open }) {
    const ctx = await open();
    await backUp(ctx.db, ctx.config.database, resolve(file));
    const note = "Addresses in it are encrypted; keep DATA_KEYS elsewhere, or it opens nothing.";
    return { json: { file: resolve(file) }, lines: [`The database was copied to ${file}.`, note] };
  },
};

/** What was being sent when the backup was made may have been handed over since, so a person decides. */
const REASON = "restored from a backup: see what was sent since, then resume or cancel";

export const restoreBackup: Command = {
  name: "restore",
  args: ["FILE"],
  options: ["force"],
  about: "put a backup in the place of the database (--force replaces one)",
  async run({ args: [file = ""], options: { force = false }, config, open }) {
    const { database, dataKeys } = config();
    const check = async (path: string) => {
      const copy = await openDatabase({ engine: "sqlite", path });
      try {
        await openVault({ database: copy, dataKeys, clock: Date.now });
      } finally {
        await copy.close();
      }
    };
    await restore(database, resolve(file), { force, check });
    const ctx = await open();
    const paused = await pauseSending(ctx, REASON);
    await leaveEditorMails(ctx, REASON);
    const departures = "Whoever left since the backup was made is not marked in it: check before the next edition.";
    const lines = [
      `${file} is in place.`,
      ...(paused > 0 ? [`${paused} digests under way are paused.`] : []),
      departures,
    ];
    return { json: { restored: resolve(file), paused }, lines };
  },
};
