import type { Database as SqliteDatabase, Statement } from "better-sqlite3";

/** As many texts as the platform has, several times over; a text of changing length must not push out the others. */
const KEPT = 500;

/**
 * A database that compiles each text once: compiling costs several times what most statements do. One that is still
 * being stepped through is compiled anew.
 */
export function remembering(file: SqliteDatabase) {
  const kept = new Map<string, Statement>();
  const prepare = (text: string): Statement => {
    const known = kept.get(text);
    if (known?.busy) return file.prepare(text);
    const statement = known ?? file.prepare(text);
    kept.delete(text);
    kept.set(text, statement);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? text);
    return statement;
  };
  return { prepare, close: () => void file.close() };
}
