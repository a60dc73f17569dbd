import { load } from "cheerio";
import { type MailName, type MailProps, type RenderedMail, renderMail } from "../../emails/index.ts";

/** Renders each of the given mails, with its name. */
export async function renderAll(mails: { [N in MailName]: MailProps[N] }): Promise<[MailName, RenderedMail][]> {
  return [
    ["confirm", await renderMail("confirm", mails.confirm)],
    ["welcome", await renderMail("welcome", mails.welcome)],
    ["already-subscribed", await renderMail("already-subscribed", mails["already-subscribed"])],
    ["digest", await renderMail("digest", mails.digest)],
    ["correction", await renderMail("correction", mails.correction)],
    ["review-reminder", await renderMail("review-reminder", mails["review-reminder"])],
  ];
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
