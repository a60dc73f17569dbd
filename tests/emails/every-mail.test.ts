import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { LOCALES } from "../../src/subscribers/words.ts";
import { hrefs, renderAll, renderVariants, wordsOfHtml, wordsOfText } from "./reading.ts";
import { everyMail } from "./samples.ts";

const frames = LOCALES.flatMap((locale) => [false, true].map((discreet) => ({ locale, discreet })));
const rendered = (
  await Promise.all(
    frames.map(async (frame) => [...(await renderAll(everyMail(frame))), ...(await renderVariants(frame))]),
  )
).flatMap((mails, index) => mails.map(([name, mail]) => ({ name, mail, ...frames[index] })));

describe.each(rendered)("the $name mail ($locale, discreet: $discreet)", ({ mail, locale }) => {
  const $ = load(mail.html);

  it("says the same in HTML and in plain text, word by word in the same order", () => {
    expect(wordsOfText(mail.text)).toEqual(wordsOfHtml(mail.html));
  });

  it("has the same links in both parts, in the same order, each on a line of its own in the letter", () => {
    const lines = mail.text.split("\n").filter((line) => /^https?:/.test(line));
    expect(lines).toEqual(hrefs(mail.html));
    expect(lines.length).toBeGreaterThan(0);
  });

  it("keeps the letter within 72 columns", () => {
    const prose = mail.text.split("\n").filter((line) => !/^https?:/.test(line));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(72);
    expect(mail.text).not.toMatch(/\n{4}|[ \t]\n/);
  });

  it("names language and direction on the document and again inside the body", () => {
    const inside = $("body [lang]").first();
    for (const place of [$("html"), inside]) {
      expect(place.attr("lang")).toBe(locale);
      expect(place.attr("dir")).toBe("ltr");
    }
    expect(inside.text()).toBe($("body").text());
  });

  it("has one h1, and no heading deeper than its place", () => {
    const levels = $("h1, h2, h3, h4, h5, h6")
      .toArray()
      .map((heading) => Number(heading.tagName.slice(1)));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.every((level, index) => index === 0 || level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
  });

  it("marks every table as layout", () => {
    expect($("table").length).toBeGreaterThan(0);
    expect($("table:not([role=presentation])")).toHaveLength(0);
  });

  it("fetches nothing: no image, font, sheet, frame or script, and no url() in a style", () => {
    expect($("img, picture, video, audio, iframe, object, embed, link, script, form, svg")).toHaveLength(0);
    expect(mail.html).not.toMatch(/url\(|@import|@font-face|\bsrc=|\bbackground=/i);
  });

  it("declares both colour schemes, with sheets small and plain enough for Gmail", () => {
    expect($("meta[name=color-scheme]").attr("content")).toBe("light dark");
    const sheets = $("style")
      .toArray()
      .map((style) => $(style).text());
    expect(sheets[0]).toContain("@media (prefers-color-scheme:dark)");
    expect(sheets[0]).not.toContain("[");
    expect(sheets.join("").length).toBeLessThan(8192);
    expect(sheets.join("")).not.toMatch(/&|<|>/);
  });

  it("turns every inline colour dark by a class of the sheet", () => {
    const sheet = $("style").first().text();
    const coloured = $("body [style*='background-color'], body a").toArray();
    expect(coloured.length).toBeGreaterThan(0);
    for (const element of coloured) {
      const classes = ($(element).attr("class") ?? "").split(" ");
      expect(classes.some((name) => sheet.includes(`.${name}{`))).toBe(true);
    }
  });

  it("fills the preview line so that nothing of the body shows in it", () => {
    const hidden = $("body div[aria-hidden=true]").first();
    expect($("body").text().startsWith(hidden.text())).toBe(true);
    expect(hidden.attr("style")).toContain("display:none");
    const wide = hidden.text().replace(/\p{Cf}/gu, "");
    expect(wide.trim().length).toBeGreaterThan(5);
    expect(wide.length).toBe(150);
  });

  it("has one line for a subject, and no exclamation mark anywhere", () => {
    expect(mail.subject).toMatch(/^[^\p{Cc}]{5,80}$/u);
    expect(`${mail.subject}${mail.text}${$("body").text()}`).not.toMatch(/[!¡]/);
  });

  it("ends with disclaimer, crisis line and postal address", () => {
    expect(mail.text.trimEnd().split("\n\n").slice(-3)).toEqual([
      "General information, not medical advice.",
      "In a crisis call your local emergency number.",
      "HeyPsych · 1 Elm Street, Springfield",
    ]);
  });
});

describe.each(rendered.filter(({ name }) => name !== "confirm"))("the $name mail ($locale)", ({ mail }) => {
  it("carries preferences and unsubscribe links, placeholders untouched", () => {
    expect(hrefs(mail.html)).toContain("https://news.example/preferences/__preferences__");
    expect(hrefs(mail.html)).toContain("https://news.example/unsubscribe/__unsubscribe__");
  });
});

describe.each(rendered.filter(({ discreet }) => discreet))("the discreet $name mail ($locale)", ({ mail }) => {
  it("names neither the site nor a subject before it is opened", () => {
    const $ = load(mail.html);
    const preview = $("body div[aria-hidden=true]").first().text();
    const firstLines = mail.text.split("\n").slice(0, 3).join(" ");
    for (const seen of [mail.subject, $("title").text(), preview, firstLines]) {
      expect(seen).not.toMatch(/HeyPsych|Light|Sleep|Depress|Score|Magnesium|mental|review|correc/i);
    }
  });
});
