import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import type { Command } from "./command.ts";
import { type Finding, fail, ok } from "./doctor/finding.ts";
import { checkNames } from "./doctor/names.ts";
import { checkStores } from "./doctor/stores.ts";
import { checkTransports } from "./doctor/transports.ts";

export const doctor: Command = {
  name: "doctor",
  args: [],
  options: ["ledgers"],
  about:
    "look at everything this installation depends on; exit code 1 when something fails; --ledgers counts every delivery too",
  async run({ config, options }) {
    const findings = await examine(config, options.ledgers === true);
    const failed = findings.some(({ state }) => state === "fail");
    const lines = findings.map(({ state, what, text }) => `${state.padEnd(4)}  ${what.padEnd(14)} ${text}`);
    return { json: { ok: !failed, findings }, lines, failed };
  },
};

/** Changes nothing. Without a readable configuration there is nothing else to look at. */
async function examine(readConfig: () => Config, ledgers: boolean): Promise<Finding[]> {
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [fail("configuration", error.message)];
  }
  const kind = config.production ? "for real readers" : "a trial on this machine";
  return [
    ok("configuration", `complete; ${kind}`),
    ...(await checkStores(config, ledgers)),
    ...(await checkTransports(config)),
    ...(await checkNames(config)),
  ];
}
