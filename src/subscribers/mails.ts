import type { Context } from "../context.ts";
import { frame, freezeMail, readerUrl } from "../delivery/index.ts";
import { listTopics, unpackTopics } from "../topics/index.ts";
import type { Subscriber } from "./queries.ts";
import type { Locale } from "./words.ts";

/** How long a confirmation link works. It may be used again until then: link scanners use it first. */
export const CONFIRM_HOURS = 72;

type Reader = Pick<Subscriber, "discreet"> & { locale: string };

/** Freezes a confirmation or reminder in the reader's language and gives its variant. Call it outside a transaction. */
export function freezeReaderMail(
  ctx: Context,
  kind: "confirm" | "already-subscribed",
  reader: Reader,
): Promise<number> {
  const common = frame(ctx.config, reader.locale as Locale, reader.discreet === 1);
  if (kind === "confirm") {
    return freezeMail(ctx, "confirm", {
      ...common,
      confirmUrl: readerUrl(ctx.config, "confirm"),
      notMeUrl: readerUrl(ctx.config, "not-me"),
      expiresInHours: CONFIRM_HOURS,
    });
  }
  return freezeMail(ctx, "already-subscribed", {
    ...common,
    preferencesUrl: readerUrl(ctx.config, "preferences"),
    unsubscribeUrl: readerUrl(ctx.config, "unsubscribe"),
  });
}

/** Freezes the welcome for what this reader chose. Call it outside a transaction. */
export async function freezeWelcome(ctx: Context, reader: Subscriber): Promise<number> {
  const chosen = new Set(unpackTopics(reader.topics));
  const topics = (await listTopics(ctx.db)).filter((topic) => chosen.has(topic.slug)).map((topic) => topic.name);
  return freezeMail(ctx, "welcome", {
    ...frame(ctx.config, reader.locale as Locale, reader.discreet === 1),
    cadence: reader.cadence,
    topics,
    preferencesUrl: readerUrl(ctx.config, "preferences"),
    unsubscribeUrl: readerUrl(ctx.config, "unsubscribe"),
    archiveUrl: `${ctx.config.publicUrl}/archive`,
  });
}
