import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { type Project, writeProject } from "./project.ts";

const QUERY = 'export const all = (db) => db.selectFrom("subscriber").selectAll();\n';
const SEND = "export const send = (ctx) => ctx.mailer.send([], {});\n";
const ENVIRONMENT = "export const port = process.env.PORT;\n";

/** What the linter refuses: the rule it names, the file, its text. */
const REFUSED: [rule: string, path: string, text: string][] = [
  ["lint/style/noProcessEnv", "src/http/port.ts", ENVIRONMENT],
  ["lint/style/noProcessEnv", "workers/port.ts", ENVIRONMENT],
  ["queries.ts", "src/digests/list-digests.ts", QUERY],
  ["queries.ts", "workers/list.ts", QUERY],
  ["Only src/delivery sends mail", "src/subscribers/greet.ts", SEND],
  ["lint/suspicious/noExplicitAny", "src/digests/loose.ts", "export const loose = (value: any) => value;\n"],
  ["lint/suspicious/noEmptyBlockStatements", "src/digests/quiet.ts", "try {\n  JSON.parse('');\n} catch {}\n"],
  ["lint/suspicious/noSkippedTests", "tests/digests/skipped.test.ts", 'it.skip("later", () => undefined);\n'],
  ["lint/suspicious/noFocusedTests", "tests/digests/only.test.ts", 'it.only("this", () => undefined);\n'],
  ["format", "src/digests/shape.ts", "export const shape = {a:1}\n"],
];

const ALLOWED: [path: string, text: string][] = [
  ["src/config.ts", ENVIRONMENT],
  ["tests/support/port.ts", ENVIRONMENT],
  ["src/digests/queries.ts", QUERY],
  ["src/db/migrate.ts", QUERY],
  ["tests/digests/rows.ts", QUERY],
  ["src/delivery/deliver-batch.ts", SEND],
  ["tests/mail/send.ts", SEND],
];

describe("verify", () => {
  let project: Project | undefined;
  afterEach(() => project?.remove());

  it.each(REFUSED)("refuses by %s what %s does", async (rule, path, text) => {
    project = writeProject({ [path]: text });
    const ended = await project.run("biome", "check", path);
    expect(ended.output).toContain(rule);
    expect(ended.code).toBe(1);
  });

  it.each(ALLOWED)("allows in %s what it refuses elsewhere", async (path, text) => {
    project = writeProject({ [path]: text });
    const ended = await project.run("biome", "check", path);
    expect(ended).toEqual({ code: 0, output: expect.stringContaining("Checked 1 file") });
  });

  it("refuses a value that may be missing", async () => {
    project = writeProject({ "src/first.ts": "export const first = (list: string[]): string => list[0];\n" });
    const ended = await project.run("tsc", "--noEmit");
    expect(ended.output).toContain("src/first.ts(1,");
    expect(ended.code).toBeGreaterThan(0);
  });

  it("refuses what nothing uses", async () => {
    project = writeProject({
      "src/main.ts": 'import { used } from "./parts.ts";\nconsole.log(used);\n',
      "src/parts.ts": "export const used = 1;\nexport const forgotten = 2;\n",
      "src/nowhere.ts": "export const lost = 3;\n",
    });
    const ended = await project.run("knip", "--include", "files,exports");
    expect(ended.output).toContain("forgotten");
    expect(ended.output).toContain("src/nowhere.ts");
    expect(ended.code).toBe(1);
  });

  it("runs all of them", () => {
    const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    for (const tool of ["biome check", "tsc --noEmit", "knip", "depcruise"]) expect(scripts.verify).toContain(tool);
  });
});
