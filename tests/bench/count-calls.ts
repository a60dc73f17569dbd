import { type Profiler, Session } from "node:inspector/promises";

/**
 * How often the named function of a module ran during `work`, as the engine itself counts it. For functions that are not
 * `async`: those count again whenever they go on after waiting.
 */
export async function countCalls(name: string, module: string, work: () => Promise<unknown>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await session.post("Profiler.takePreciseCoverage");
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    return callsIn(result, name, module);
  } finally {
    session.disconnect();
  }
}

function callsIn(scripts: Profiler.ScriptCoverage[], name: string, module: string): number {
  return scripts
    .filter((script) => script.url.split("?")[0]?.endsWith(module))
    .flatMap((script) => script.functions)
    .filter((one) => one.functionName === name)
    .reduce((sum, one) => sum + (one.ranges[0]?.count ?? 0), 0);
}
