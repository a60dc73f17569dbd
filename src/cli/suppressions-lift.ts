import { liftSuppressionOf } from "../subscribers/index.ts";
import type { Command } from "./command.ts";

export const liftSuppression: Command = {
  name: "suppressions lift",
  args: ["EMAIL"],
  options: [],
  about: "let an address be mailed again, when its owner asks for it",
  async run({ args: [email = ""], open }) {
    const lifted = await liftSuppressionOf(await open(), email);
    const line = lifted
      ? "The address may be mailed again, once its owner signs up."
      : "The address was not suppressed.";
    return { json: { lifted }, lines: [line] };
  },
};
