import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { type DigestProps, renderMail } from "../../emails/index.ts";
import { changes, confirm, digest, item, reReviewed } from "./samples.ts";

const unchanged = item({ kind: "re-reviewed", title: "Magnesium and Sleep" });
const corrected = item({ kind: "corrected", title: "Scores, Compared", note: "We were wrong." });
const oneSection = reReviewed({ changes: changes({ changed: ["Cost"] }) });
const LONG = "A Title That Goes On About Everything There Is to Know of Lamps, Light, Sleep and Winter";

const cases: [string, Partial<DigestProps>, string][] = [
  ["one new article", { items: [item()] }, "New: Light for Dark Mornings"],
  ["one changed article", { items: [oneSection] }, "Re-reviewed: Light for Dark Mornings, one section changed"],
  [
    "more changes",
    { items: [reReviewed(), item()] },
    "Re-reviewed: Light for Dark Mornings, two sections changed, and 1 more",
  ],
  [
    "a correction among others",
    { items: [item(), reReviewed(), corrected] },
    "Corrected: Scores, Compared, and 2 more",
  ],
  ["a review that changed nothing", { items: [unchanged] }, "Reviewed again: Magnesium and Sleep, nothing changed"],
  ["a new article before an unchanged one", { items: [unchanged, item()] }, "New: Light for Dark Mornings, and 1 more"],
  [
    "a long title",
    { items: [reReviewed({ title: LONG }), item()] },
    "Re-reviewed: A Title That Goes On About…, two sections changed, and 1 more",
  ],
  [
    "a title with line breaks",
    { items: [item({ title: "Light\r\nBcc: all@example.org" })] },
    "New: Light Bcc: all@example.org",
  ],
  ["an editor's own subject", { subject: "What we got wrong\n about lamps" }, "What we got wrong about lamps"],
  ["a blank subject", { subject: " \r\n", items: [item()] }, "New: Light for Dark Mornings"],
  ["nothing", { items: [] }, "HeyPsych, January 16, 2026"],
];

describe("the subject of a digest", () => {
  it.each(cases)("of %s", async (_what, props, subject) => {
    expect((await renderMail("digest", digest(props))).subject).toBe(subject);
  });

  it.each([
    ["daily", "Your reading for today"],
    ["weekly", "Your reading for this week"],
    ["monthly", "Your reading for this month"],
    [null, "Your reading"],
  ] as const)(
    "is neutral for a discreet reader of a %s edition, even over an editor's own",
    async (cadence, subject) => {
      const props = digest({ discreet: true, cadence, subject: "Lamps and depression" });
      expect((await renderMail("digest", props)).subject).toBe(subject);
    },
  );

  it("stays within about eighty characters whatever the title", async () => {
    for (const title of [LONG, "x".repeat(500), "👩🏽‍⚕️".repeat(200)]) {
      const { subject } = await renderMail("digest", digest({ items: [reReviewed({ title }), item()] }));
      expect([...new Intl.Segmenter().segment(subject)].length).toBeLessThanOrEqual(80);
      expect(subject).toMatch(/…, two sections changed, and 1 more$/);
      expect(Buffer.from(subject).toString()).toBe(subject);
    }
  });
});

it("puts the substance of the first item beside the subject", async () => {
  const { html } = await renderMail("digest", digest());
  expect(load(html)("[aria-hidden=true]").text()).toMatch(/^What It Costs: “\$60–150” is now “\$70–180”\./);
});

it("names the site in the subject of a confirmation, and not to a discreet reader", async () => {
  expect((await renderMail("confirm", confirm())).subject).toBe("Confirm your subscription to HeyPsych");
  expect((await renderMail("confirm", confirm({ discreet: true }))).subject).toBe("Please confirm your subscription");
});
