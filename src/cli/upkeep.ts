import { migrate, pendingMigrations } from "../db/migrate.ts";
import { openDatabase } from "../db/open.ts";
import { rotateKeys } from "../vault/index.ts";
import type { Command } from "./command.ts";

export const migrateDatabase: Command = {
  name: "migrate",
  args: [],
  options: [],
  about: "bring the database up to date",
  async run({ config }) {
    const database = await openDatabase(config().database);
    try {
      const applied = await migrate(database);
      const pending = await pendingMigrations(database);
      const lines = applied.length > 0 ? applied.map((name) => `applied ${name}`) : ["The database is up to date."];
      return { json: { applied, pending }, lines };
    } finally {
      await database.close();
    }
  },
};

export const rotate: Command = {
  name: "keys rotate",
  args: [],
  options: [],
  about: "put fresh keys in use and encrypt every address anew",
  async run({ open }) {
    const { addresses } = await rotateKeys(await open());
    return {
      json: { addresses },
      lines: [
        `${addresses} addresses are encrypted anew. The working keys are wrapped by the first of DATA_KEYS;`,
        "older ones may be dropped from it once every process runs with the new list.",
      ],
    };
  },
};
