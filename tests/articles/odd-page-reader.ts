import { readOddPage } from "./odd-pages.ts";

/** Reads odd pages in a process of its own, so that one that never ends can be ended. */
process.on("message", (name: string) => {
  try {
    process.send?.(readOddPage(name));
  } catch (error) {
    process.send?.({ crashed: String(error) });
  }
});
process.on("disconnect", () => process.exit());
