interface Change {
  file: string;
  /** Stands in the file exactly once, or the build fails. */
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
    text: `idempotencyKey: \`batch-\${attempt.batch.uid}\``,
    by: `idempotencyKey: \`batch-\${attempt.batch.uid}-\${attempt.batch.attempts}\``,
  },
  /** The rows say that it was taken before anybody was asked. */
  "commit-before-send": {
    file: "src/delivery/deliver-batch.ts",
    text: SEND,
    by: `  const ids = messages.map((one) => "early-" + one.deliveryId);
  await recordOutcome(ctx, attempt, messages, { kind: "accepted", ids, limits: null });
${SEND}`,
  },
} as const satisfies Record<string, Change>;

export type Break = keyof typeof BREAKS;
