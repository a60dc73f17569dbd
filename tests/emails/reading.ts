import { load } from "cheerio";
import { type FrameProps, type MailName, type MailProps, type RenderedMail, renderMail } from "../../emails/index.ts";
import { SEVERITIES } from "../../src/articles/table.ts";
import { correction, longDigest } from "./samples.ts";

/** Renders each of the given mails, with its name. */
export async function renderAll(mails: { [N in MailName]: MailProps[N] }): Promise<[MailName, RenderedMail][]> {
  return [
    ["confirm", await renderMail("confirm", mails.confirm)],
    ["welcome", await renderMail("welcome", mails.welcome)],
    ["already-subscribed", await renderMail("already-subscribed", mails["already-subscribed"])],
    ["digest", await renderMail("digest", mails.digest)],
    ["correction", await renderMail("correction", mails.correction)],
  ];
}

/** Every way a correction and a long digest look, beside the mails that look one way. */
export async function renderVariants(frame: Partial<FrameProps> = {}): Promise<[string, RenderedMail][]> {
  const corrections = SEVERITIES.map(
    async (severity): Promise<[string, RenderedMail]> => [
      severity,
      await renderMail("correction", correction({ severity, ...frame })),
    ],
  );
  return [...(await Promise.all(corrections)), ["long digest", await renderMail("digest", longDigest(frame))]];
}

/** What a reader of the HTML sees, without the preheader: words only, in order. */
export function wordsOfHtml(html: string): string[] {
  const $ = load(html.replaceAll(/<\/(p|h\d|td|a|strong)>|<br\/?>/g, "$& "));
  $("[aria-hidden=true]").remove();
  return words($("body").text());
}

/** What a reader of the letter sees, without the addresses: words only, in order. */
export function wordsOfText(text: string): string[] {
  return words(text.replaceAll(/^https?:\S+$/gm, ""));
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}$%]+/gu) ?? [];
}

export function hrefs(html: string): string[] {
  const $ = load(html);
  return $("a")
    .toArray()
    .map((a) => $(a).attr("href") ?? "");
}
