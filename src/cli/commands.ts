import { importArticle } from "./articles-import.ts";
import { backup, restoreBackup } from "./backup.ts";
import type { Command } from "./command.ts";
import { sendNew } from "./digests-send.ts";
import { doctor } from "./doctor.ts";
import { addKey, listKeys, remind, revokeKey } from "./editors.ts";
import { exportReaders, importReaders } from "./import-export.ts";
import { listDue } from "./reviews.ts";
import { addSource, listFollowed, pollSources, removeFollowed } from "./sources.ts";
import { liftSuppression } from "./suppressions-lift.ts";
import { migrateDatabase, rotate } from "./upkeep.ts";

/** Every command, in the order of the usage text. */
export const COMMANDS: Command[] = [
  migrateDatabase,
  importReaders,
  exportReaders,
  importArticle,
  listDue,
  addSource,
  listFollowed,
  pollSources,
  removeFollowed,
  sendNew,
  addKey,
  revokeKey,
  listKeys,
  remind,
  liftSuppression,
  rotate,
  backup,
  restoreBackup,
  doctor,
];
