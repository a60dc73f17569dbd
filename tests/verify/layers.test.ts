import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Project, writeProject } from "./project.ts";

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

const FOLDERS = ["src", "workers", "emails", "migrations", "tests"];

/** One import that each rule refuses: rule, importing file, imported file or package. */
const BROKEN: [rule: string, from: string, to: string][] = [
  ["doors-are-outermost", "src/consent/answer.ts", "src/http/problem.ts"],
  ["workers-are-outermost", "src/consent/nudge.ts", "workers/sweep.ts"],
  ["entries-are-imported-by-nobody", "src/consent/boot.ts", "src/main.ts"],
  ["features-meet-at-index", "src/consent/peek.ts", "src/vault/cipher.ts"],
  ["doors-and-workers-call-features-at-index", "src/http/shortcut.ts", "src/vault/cipher.ts"],
  ["doors-and-workers-call-features-at-index", "workers/shortcut.ts", "src/vault/cipher.ts"],
  ["sql-in-queries", "src/consent/count.ts", "kysely"],
  ["drivers-are-chosen-in-context", "src/consent/send.ts", "src/mail/resend.ts"],
  ["drivers-are-chosen-in-context", "src/consent/enqueue.ts", "src/queue/open.ts"],
  ["ports-keep-apart", "src/mail/later.ts", "src/queue/queue.ts"],
  ["database-drivers-at-home", "src/consent/raw.ts", "better-sqlite3"],
  ["database-drivers-at-home", "src/http/raw.ts", "pg"],
  ["queue-drivers-at-home", "src/http/cache.ts", "ioredis"],
  ["queue-drivers-at-home", "workers/direct.ts", "bullmq"],
  ["mail-drivers-at-home", "src/delivery/direct.ts", "resend"],
  ["mail-drivers-at-home", "src/delivery/smtp.ts", "nodemailer"],
  ["fetch-is-guarded", "src/articles/fetch-feed.ts", "undici"],
  ["edge-runs-without-node", "src/edge.ts", "better-sqlite3"],
  ["mails-know-only-props", "emails/confirm.tsx", "src/vault/index.ts"],
  ["no-circles", "src/topics/one.ts", "src/topics/two.ts"],
  ["tests-stay-outside", "src/consent/fake.ts", "tests/support/fake.ts"],
  ["everything-resolves", "src/consent/lost.ts", "./nowhere.ts"],
];

/** Imports that the rules allow, one for each exception that they make. */
const ALLOWED: [from: string, to: string][] = [
  ["src/main.ts", "src/app.ts"],
  ["src/main.ts", "workers/start.ts"],
  ["src/app.ts", "src/http/problem.ts"],
  ["src/http/door.ts", "src/vault/index.ts"],
  ["workers/sweep.ts", "src/vault/index.ts"],
  ["src/consent/count.ts", "src/vault/index.ts"],
  ["src/consent/words-of.ts", "src/vault/words.ts"],
  ["src/consent/table-of.ts", "src/vault/table.ts"],
  ["src/consent/queries.ts", "kysely"],
  ["src/db/sqlite.ts", "better-sqlite3"],
  ["src/queue/bullmq-backend.ts", "pg"],
  ["src/queue/bullmq.ts", "bullmq"],
  ["src/mail/resend.ts", "resend"],
  ["src/articles/guarded-fetch.ts", "undici"],
  ["src/context.ts", "src/mail/open.ts"],
  ["src/open-context.ts", "src/articles/guarded-fetch.ts"],
  ["migrations/20260101T0000-first.ts", "kysely"],
  ["emails/confirm.tsx", "src/tokens.ts"],
  ["tests/vault/cipher.test.ts", "src/vault/cipher.ts"],
];

describe("the layer rules", () => {
  const projects: Project[] = [];
  let violations: Violation[] = [];

  const cruise = async (files: Record<string, string>) => {
    const project = writeProject({ ...emptyFolders(), ...files });
    projects.push(project);
    const { output } = await project.run("depcruise", "--config", ".dependency-cruiser.cjs", "-T", "json", ...FOLDERS);
    return JSON.parse(output).summary.violations as Violation[];
  };

  beforeAll(async () => {
    const files = treeOf([
      ...BROKEN.map(([, from, to]) => [from, to] as [string, string]),
      ["src/topics/two.ts", "src/topics/one.ts"],
    ]);
    // The edge reaches the driver by way of another module, and only when it asks for it.
    files["src/edge.ts"] = 'export const open = () => import("./reached.ts");\n';
    files["src/reached.ts"] = 'export { default } from "better-sqlite3";\n';
    violations = await cruise(files);
  });
  afterAll(() => {
    for (const project of projects) project.remove();
  });

  it.each(BROKEN)("%s refuses %s → %s", (rule, from, to) => {
    const wanted = expect.objectContaining({
      from,
      to: expect.stringContaining(to),
      rule: expect.objectContaining({ name: rule }),
    });
    expect(violations).toContainEqual(wanted);
  });

  it("are each shown to refuse something, and each say what to do instead", () => {
    const { forbidden } = createRequire(import.meta.url)("../../.dependency-cruiser.cjs");
    const names = forbidden.map((rule: { name: string }) => rule.name);
    expect(names.toSorted()).toEqual([...new Set(BROKEN.map(([rule]) => rule))].toSorted());
    for (const rule of forbidden) expect(rule.comment.split(/[.:] /).length, rule.name).toBeGreaterThan(1);
  });

  it("allow what the layers are for", async () => {
    expect(await cruise(treeOf(ALLOWED))).toEqual([]);
  });

  it("allow the types of what they refuse", async () => {
    const refused = BROKEN.filter(([rule, , to]) => to.endsWith(".ts") && rule !== "everything-resolves");
    const types = Object.fromEntries(
      refused.map(([, from, to]) => [
        from,
        `import type { Value } from "${pathTo(from, to)}";\nexport type Own = Value;\n`,
      ]),
    );
    const targets = Object.fromEntries(refused.map(([, , to]) => [to, "export type Value = string;\n"]));
    expect(await cruise({ ...targets, ...types })).toEqual([]);
  });

  it("make the command fail", async () => {
    const project = writeProject({ ...emptyFolders(), ...treeOf([["src/consent/peek.ts", "src/vault/cipher.ts"]]) });
    projects.push(project);
    const ended = await project.run("depcruise", "--config", ".dependency-cruiser.cjs", ...FOLDERS);
    expect(ended.output).toContain("features-meet-at-index: src/consent/peek.ts → src/vault/cipher.ts");
    expect(ended.code).toBeGreaterThan(0);
  });
});

/** Files of which each imports what is said of it, and what they import. */
function treeOf(imports: [from: string, to: string][]): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [, to] of imports)
    if (to.startsWith("src/") || to.includes("/")) files[to] ??= "export const value = 1;\n";
  delete files["./nowhere.ts"];
  for (const [from, to] of imports) {
    const own = files[from]?.startsWith("export const value") ? "" : (files[from] ?? "");
    files[from] = `${own}import "${pathTo(from, to)}";\nexport const value = 1;\n`;
  }
  return files;
}

function pathTo(from: string, to: string): string {
  if (!to.includes("/") || to.startsWith(".")) return to;
  return `${"../".repeat(from.split("/").length - 1) || "./"}${to}`;
}

function emptyFolders(): Record<string, string> {
  return Object.fromEntries(FOLDERS.map((folder) => [`${folder}/empty.ts`, "export const empty = 1;\n"]));
}
