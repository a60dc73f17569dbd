import { setTimeout as pause } from "node:timers/promises";

const AGAIN_MS = 100;

/** Asks again until it works: whatever it needs is being killed and comes back. */
export async function patiently<T>(ask: () => Promise<T>, withinMs = 60_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(AGAIN_MS);
    }
  }
}
