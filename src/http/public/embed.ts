import { Hono } from "hono";
import { consentWording } from "../../consent/index.ts";
import type { Context } from "../../context.ts";
import { LOCALES } from "../../subscribers/words.ts";
import { dark, light } from "../../tokens.ts";
import { listTopics } from "../../topics/index.ts";
import { type Messages, messagesFor } from "../ui/messages/index.ts";
import { EMBED_SCRIPT } from "./embed-script.ts";
import { EMBED_STYLE } from "./embed-style.ts";

/**
 * The form for the publisher's own page: one script, nothing else is loaded. It carries the topics, the words of every
 * language and the consent, so that the page it stands on makes no second request until someone subscribes.
 */
export function embedFile(ctx: Context): Hono {
  const files = new Hono();
  files.get("/embed.js", async (c) =>
    c.body(await script(ctx), 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Cache-Control": "public, max-age=3600",
      "Cross-Origin-Resource-Policy": "cross-origin",
      "Access-Control-Allow-Origin": "*",
    }),
  );
  return files;
}

async function script(ctx: Context): Promise<string> {
  const { name } = ctx.config.site;
  const topics = await listTopics(ctx.db);
  const settings = {
    base: ctx.config.publicUrl,
    topics: topics.map(({ slug, name: label, group_name }) => [slug, label, group_name]),
    words: Object.fromEntries(
      LOCALES.map((locale) => [locale, wordsOf(messagesFor(locale), name, consentWording(name, locale))]),
    ),
  };
  const style = EMBED_STYLE.replaceAll(
    /\$(\w+)/g,
    (_, colour: keyof typeof light) => `light-dark(${light[colour]},${dark[colour]})`,
  );
  return `${EMBED_SCRIPT.trimEnd()}(${literal(settings)}, ${literal(style)});\n`;
}

function wordsOf({ form, choices, inbox, errors, wrong }: Messages, site: string, consent: string) {
  return {
    title: form.title(site),
    text: form.text,
    email: form.email,
    button: form.button,
    topics: choices.topics,
    hint: choices.topicsHint,
    consent,
    inbox: inbox.title,
    sent: inbox.sent,
    next: inbox.next,
    mend: inbox.mend,
    wrong: wrong("email", ""),
    limited: errors.limited.text,
    unreachable: form.unreachable,
    open: form.title(site),
  };
}

/** JSON that may stand in any script. */
function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
