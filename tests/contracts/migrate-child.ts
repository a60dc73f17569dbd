import { toConfig } from "../../src/config.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openDatabase } from "../../src/db/open.ts";

/** A process that migrates the database of its argument and tells its parent what it applied. */
const database = await openDatabase(toConfig({ DATABASE_URL: process.argv[2] ?? "" }).database);
process.send?.(await migrate(database));
await database.close();
