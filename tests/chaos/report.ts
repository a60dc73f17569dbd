import { isExact } from "./correction-verdict.ts";
import type { ChaosReport } from "./run.ts";

/** What must be nought for a run to be sound, by name. */
export function faultsFound(report: ChaosReport): Record<string, number> {
  const { correction, unrest, notices } = report;
  const counts: Record<string, number> = {
    lost: report.lost,
    duplicated: report.duplicated,
    repeated: report.repeated,
    uncalledFor: report.uncalledFor,
    unaccounted: Math.abs(report.candidates - report.deliveries - report.excluded),
    wrongCounters: report.wrongCounters.length,
    openBatches: report.openBatches,
    leases: report.leases,
    frozenAddresses: report.frozenAddresses,
    unknown: report.unknown,
    misjudged: report.misjudged,
    unsuppressed: report.unsuppressed,
    oversuppressed: report.oversuppressed,
    wrongStanding: report.wrongStanding,
    wrongConfirmations: report.wrongConfirmations,
    wrongWelcomes: report.wrongWelcomes,
    noticesGivenUp: notices.givenUp,
    unrest: Object.values(unrest).reduce((sum, count) => sum + count, 0),
    notSent: report.status === "sent" ? 0 : 1,
    correctionWrong: correction === null || isExact(correction) ? 0 : 1,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

/** Nobody without, nobody twice, nobody who had left, every row accounted for and nothing left behind. */
export function isSound(report: ChaosReport): boolean {
  return Object.keys(faultsFound(report)).length === 0;
}

/** The report as lines of a table. */
export function tableOf(report: Record<string, unknown>): string[] {
  const rows = Object.entries(report).flatMap(([name, value]) => rowsOf(name, value));
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

function rowsOf(name: string, value: unknown): [string, string][] {
  if (Array.isArray(value)) return [[name, value.join(", ") || "none"]];
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([inner, one]) => rowsOf(`${name}: ${inner}`, one));
  }
  return [[name, typeof value === "number" ? String(Math.round(value)) : String(value ?? "none")]];
}
