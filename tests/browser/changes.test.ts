import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { putArticle } from "../../src/articles/index.ts";
import { openReader, type Reader } from "../public/reader.ts";
import { serveApp } from "../support/serve-app.ts";

let browser: Browser;
let reader: Reader;
let base: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: inject("chromiumPath"), args: ["--no-sandbox"] });
  reader = await openReader();
  const served = await serveApp(reader.app);
  base = served.base;
  stop = async () => {
    await served.close();
    await reader.close();
    await browser.close();
  };
  for (const dollars of [80, 90, 100]) {
    const text = `A lamp costs ${dollars} dollars and lasts for years. ${"long".repeat(dollars * 5)}`;
    await putArticle(reader.ctx, "lamps", {
      url: "https://calm.example/lamps",
      title: "Morning lamps, and a_word_that_is_far_too_long_for_the_screen_of_a_small_telephone_".repeat(2),
      reviewedOn: `2026-01-${dollars === 100 ? 30 : dollars - 70}`,
      sections: [{ heading: "Cost".repeat(60), level: 2, text }],
    });
  }
});
afterAll(() => stop());

/** Whether nothing is wider than the window. Text, because the page's own types are not those of this file. */
const FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";

describe("what changed, in a browser without JavaScript", () => {
  it.each([320, 390, 1280])("is no wider than a screen of %i px", async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 844 }, javaScriptEnabled: false });
    for (const path of ["/changes", "/changes/lamps", "/changes/lamps?from=1&to=3"]) {
      await page.goto(base + path);
      expect(await page.evaluate(FITS)).toBe(true);
    }
    await page.close();
  });

  it("lets a keyboard alone open before and after, and compare any two versions", async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    page.setDefaultTimeout(10_000);
    const faults: string[] = [];
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(`${base}/changes/lamps`);
    const second = page.locator("#version-2");
    expect(await second.locator("ins").first().isVisible()).toBe(false);
    await second.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await second.locator("ins").first().isVisible()).toBe(true);
    await page.locator("summary", { hasText: "Compare two versions" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Newer").selectOption("2");
    await page.getByRole("button", { name: "Compare" }).press("Enter");
    await page.getByText("From version 1 to version 2").waitFor();
    expect(await page.locator("del").first().textContent()).toBe("[removed: 80]");
    expect(faults).toEqual([]);
    await page.close();
  });
});
