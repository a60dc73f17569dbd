import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../context.ts";
import { type CapturedMail, listCaptured } from "../mail/captured.ts";
import { expectThat } from "./steps.ts";

const PATIENCE_MS = 20_000;
const LOOK_MS = 10;
/** More messages than one demo sends. */
const ALL = 100;

/** Every message sent so far, oldest first. */
export async function mailsOf(ctx: Context): Promise<CapturedMail[]> {
  return (await listCaptured(ctx, { limit: ALL })).reverse();
}

/** Waits for the `n`th message, counted from 1. Throws `StepFailed` when it does not come. */
export async function mailNumber(ctx: Context, n: number): Promise<CapturedMail["message"]> {
  const deadline = ctx.clock() + PATIENCE_MS;
  for (;;) {
    const mail = (await mailsOf(ctx))[n - 1];
    if (mail) return mail.message;
    expectThat(ctx.clock() < deadline, `no message came within ${PATIENCE_MS / 1000} seconds`);
    await pause(LOOK_MS);
  }
}

/** The first link of a message that leads to this kind of page. */
export function linkIn({ html }: CapturedMail["message"], kind: "confirm" | "unsubscribe"): string {
  const link = new RegExp(`https?://[^"'\\s<>]+/${kind}/[A-Za-z0-9_-]+`).exec(html)?.[0];
  expectThat(link !== undefined, `the mail has no link to ${kind}`);
  return link;
}
