import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { BadLinkError, renderMail } from "../../emails/index.ts";
import { hrefs } from "./reading.ts";
import { changes, confirm, digest, item, reReviewed } from "./samples.ts";

const BAD_LINKS = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,hello",
  "mailto:someone@example.org",
  "//site.example/a",
  "/relative",
  "",
  "https://",
  "https://site.example/a b",
  'https://site.example/"onclick="x',
  "https://site.example/\r\nBcc: x",
  "https://site.example/\u202Egnp.exe",
  "https://bank.example@site.example/",
];

describe("a link that is not a plain web address", () => {
  it.each(BAD_LINKS)("refuses %j before anything is rendered, and names its field", async (url) => {
    await expect(renderMail("digest", digest({ items: [item(), item({ url })] }))).rejects.toThrow(
      new BadLinkError("items.1.url"),
    );
    await expect(renderMail("confirm", confirm({ notMeUrl: url }))).rejects.toMatchObject({
      code: "invalid",
      field: "notMeUrl",
    });
  });
});

it.each([
  "https://news.example/u/__unsubscribe__?a=1&b=2#c",
  "https://news.example/u/{{unsubscribe}}",
  "http://127.0.0.1:3000/u/x'y",
  "https://münchen.example/ärzte",
])("brings the address %s through unchanged", async (unsubscribeUrl) => {
  const { html, text } = await renderMail("digest", digest({ unsubscribeUrl }));
  expect(hrefs(html)).toContain(unsubscribeUrl);
  expect(text.split("\n")).toContain(unsubscribeUrl);
});

describe("text from outside", () => {
  const markup = "<img src=x onerror=alert(1)></title></style><script>alert(1)</script>\"'&amp;";

  it("is shown as text and never becomes markup, in every field", async () => {
    const sentences = [{ section: markup, text: `${markup} 2` }];
    const hostile = {
      title: markup,
      summary: markup,
      note: markup,
      reviewers: [markup],
      topics: [markup],
      updatedOn: markup,
    };
    const items = [reReviewed({ ...hostile, changes: changes({ changed: [markup], sentences }) })];
    const { html, text } = await renderMail("digest", digest({ items, intro: markup, subject: markup }));
    const $ = load(html);
    expect($("img, script")).toHaveLength(0);
    expect($("h2").text()).toBe(markup);
    expect($("title").text()).toBe(markup);
    expect(text.replace(/\s+/g, " ")).toContain(`From the editor: ${markup}`);
  });

  it("cannot turn a line around, break a line or hide a control character", async () => {
    const title = "Safe\u202Eexe.\u2066x\u2069\u0000\u0007\r\nSubject: other\u2028end\ud800";
    const { html, text, subject } = await renderMail("digest", digest({ items: [item({ title })] }));
    expect(load(html)("h2").text()).toBe("Safeexe.x Subject: other end");
    for (const part of [html, text, subject]) {
      for (const bad of "\u202e\u2066\u2069\u0000\u0007\u2028\ud800") expect(part).not.toContain(bad);
    }
  });

  it("keeps what languages need: right-to-left letters, joined emoji, combining marks", async () => {
    const title = "טיפול באור 👩🏽‍⚕️ Médecine é";
    const { html, text } = await renderMail("digest", digest({ items: [item({ title })] }));
    expect(load(html)("h2").text()).toBe(title);
    expect(text).toContain(title);
  });

  it.each([0, 1])("is cut in the preview line between characters, not through one (%i before)", async (shift) => {
    const summary = `${"a".repeat(shift)}${"👩🏽‍⚕️".repeat(60)}`;
    const { html } = await renderMail("digest", digest({ items: [item({ summary })] }));
    expect(html).not.toMatch(/[\ufffd\p{Cs}]/u);
  });

  it("is cut when a title or a change would swell the mail", async () => {
    const huge = "x".repeat(100_000);
    const items = [
      reReviewed({ title: huge, summary: huge, changes: changes({ sentences: [{ section: huge, text: huge }] }) }),
    ];
    const { html } = await renderMail("digest", digest({ items }));
    expect(html.length).toBeLessThan(20_000);
  });
});

it("writes nothing about the visitor into the confirmation: everyone gets the same but for the links", async () => {
  const one = await renderMail("confirm", confirm());
  const other = await renderMail("confirm", confirm({ confirmUrl: "https://news.example/confirm/other" }));
  expect(other.html.replace("/confirm/other", "/confirm/__confirm__")).toBe(one.html);
  expect(hrefs(one.html)).toHaveLength(2);
});

it("keeps a reader's topics out of the welcome mail", async () => {
  const topics = ["Bipolar", "ADHD"];
  const props = { ...confirm(), cadence: "weekly" as const, topics };
  const links = {
    preferencesUrl: "https://n.example/p",
    unsubscribeUrl: "https://n.example/u",
    archiveUrl: "https://n.example/a",
  };
  const { subject, html, text } = await renderMail("welcome", { ...props, ...links });
  expect(`${subject}${html}${text}`).not.toMatch(/Bipolar|ADHD/);
  expect(text).toContain("the two topics you chose");
});
