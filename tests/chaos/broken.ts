import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./platform.ts";

interface Change {
  file: string;
  /** Stands in the file exactly once. */
  text: string;
  by: string;
}

const SEND = `  const outcome = await ctx.mailer.send(
    messages.map((one) => one.message),`;

/** Ways to build the platform wrongly that a run must find. */
export const BREAKS = {
  /** A retry that the provider cannot tell from another message. */
  "key-per-attempt": {
    file: "src/delivery/deliver-batch.ts",
    text: "idempotencyKey: `batch-$" + "{attempt.batch.uid}`",
    by: "idempotencyKey: `batch-$" + "{attempt.batch.uid}-$" + "{attempt.batch.attempts}`",
  },
  /** The rows say that it was taken before anybody was asked. */
  "commit-before-send": {
    file: "src/delivery/deliver-batch.ts",
    text: SEND,
    by:
      `  const ids = messages.map((one) => \`early-$` +
      `{one.deliveryId}\`);
  await recordOutcome(ctx, attempt, messages, { kind: "accepted", ids, limits: null });
${SEND}`,
  },
} as const satisfies Record<string, Change>;

export type Break = keyof typeof BREAKS;

const NEEDED = ["src", "workers", "emails", "migrations", "package.json", "tsconfig.json"];

/** A copy of the platform with one thing wrong; whoever made it removes it. */
export interface BrokenCopy {
  root: string;
  remove(): Promise<void>;
}

/** Throws when the text that is to be replaced is not there, or is there more than once. */
export async function breakPlatform(name: Break): Promise<BrokenCopy> {
  const root = await mkdtemp(join(tmpdir(), "newsletter-broken-"));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    for (const part of NEEDED) await cp(join(ROOT, part), join(root, part), { recursive: true });
    await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
    await replace(root, BREAKS[name]);
    return { root, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function replace(root: string, { file, text, by }: Change): Promise<void> {
  const path = join(root, file);
  const parts = (await readFile(path, "utf8")).split(text);
  if (parts.length !== 2) throw new Error(`${file} holds the text to be broken ${parts.length - 1} times`);
  await writeFile(path, parts.join(by));
}
