import { describe, expect, it } from "vitest";
import { renderMail } from "../../emails/index.ts";
import { reviewReminder } from "./samples.ts";

const rendered = (part: Parameters<typeof reviewReminder>[0]) => renderMail("review-reminder", reviewReminder(part));
const [first, ...others] = reviewReminder().articles;

describe("the review reminder", () => {
  it("says how many are due in the subject", async () => {
    expect((await rendered({ total: 3 })).subject).toBe("3 articles are due for review");
    expect((await rendered({ total: 1 })).subject).toBe("1 article is due for review");
    expect((await rendered({ total: 1, locale: "es" })).subject).toBe("1 artículo está pendiente de revisión");
  });

  it("tells of each article when it was last looked at, in words, and how long ago that is", async () => {
    const { text } = await rendered({});
    expect(text).toContain("Last reviewed January 9, 2024 · two years ago");
    expect(text).toContain("Never reviewed, last updated February 2024 · 22 months ago");
    expect(text).toContain("Never reviewed, published January 10, 2025 · 12 months ago");
    expect(text).toContain("Gives no date of review or publication");
    expect(text).toContain("And two more articles.");
  });

  it("counts nothing more when all are named, and names the age that the site allows", async () => {
    const { text } = await rendered({ articles: first ? [first] : others, total: 1, reviewMonths: 36 });
    expect(text).not.toContain("more article");
    expect(text.replaceAll("\n", " ")).toContain("is more than three years ago");
  });

  it("says how to stop it", async () => {
    expect((await rendered({})).text.replaceAll("\n", " ")).toContain("DELETE /api/v1/editors/me/reminders");
  });
});
