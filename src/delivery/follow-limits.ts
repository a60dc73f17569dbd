import type { Context } from "../context.ts";
import type { SendOutcome } from "../mail/mailer.ts";

/** The limit that this process last told each queue. Held by the queue, gone with it. */
const told = new WeakMap<Context["queue"], string>();

/**
 * Lets the send lane follow the limit that the provider told when it took messages or asked for silence. All processes
 * share it through the queue; each says it only when it changed, so that an accepted batch costs the queue nothing more.
 */
export async function followLimits({ queue }: Pick<Context, "queue">, outcome: SendOutcome): Promise<void> {
  const limits = outcome.kind === "accepted" || outcome.kind === "throttle" ? outcome.limits : undefined;
  if (!limits) return;
  const said = `${limits.max} per ${limits.perMs}`;
  if (told.get(queue) === said) return;
  await queue.limit("send", limits.max, limits.perMs);
  told.set(queue, said);
}
