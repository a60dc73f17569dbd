import { AppError } from "../errors.ts";

/** A step did not give what it should. */
export class StepFailed extends Error {}

/** Runs one step, says what it gave and how long it took, and gives its result. Throws `StepFailed`. */
export type Step = <T extends { lines: string[] }>(name: string, run: () => Promise<T>) => Promise<T>;

/** Numbered steps of one run, and whether one of them failed. */
export function stepsOf(say: (line: string) => void): { step: Step; failed: () => boolean } {
  let number = 0;
  let broken = false;
  const step: Step = async (name, run) => {
    const title = `${++number}. ${name}`;
    const start = performance.now();
    try {
      const result = await run();
      say(`${title} (${Math.round(performance.now() - start)} ms)`);
      for (const line of result.lines) say(`   ${line}`);
      return result;
    } catch (error) {
      broken = true;
      if (!(error instanceof StepFailed || error instanceof AppError)) throw error;
      say(`${title}: failed`);
      say(`   ${error.message}`);
      throw new StepFailed(error.message, { cause: error });
    }
  };
  return { step, failed: () => broken };
}

/** Throws `StepFailed` with the text unless the condition holds. */
export function expectThat(condition: boolean, text: string): asserts condition {
  if (!condition) throw new StepFailed(text);
}
