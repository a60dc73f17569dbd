import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { openReader, type Reader } from "../public/reader.ts";
import { serveApp } from "../support/serve-app.ts";

const ANA = "ana.ruiz@example.org";
const WAYS = [
  { name: "with JavaScript, 1280 px wide", javaScriptEnabled: true, width: 1280 },
  { name: "with JavaScript, 390 px wide", javaScriptEnabled: true, width: 390 },
  { name: "without JavaScript, 1280 px wide", javaScriptEnabled: false, width: 1280 },
  { name: "without JavaScript, 390 px wide", javaScriptEnabled: false, width: 390 },
];

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: inject("chromiumPath"), args: ["--no-sandbox"] });
});
afterAll(() => browser.close());

let reader: Reader;
let base: string;
let stop: () => Promise<void>;
beforeEach(async () => {
  reader = await openReader();
  const served = await serveApp(reader.app);
  base = served.base;
  stop = async () => {
    await served.close();
    await reader.close();
  };
});
afterEach(() => stop());

/** A page that reports what no reader should meet: errors in the console, and requests that leave the origin. */
async function openPage(
  javaScriptEnabled: boolean,
  width: number,
): Promise<{ page: Page; faults: string[]; close: () => Promise<void> }> {
  const context = await browser.newContext({
    javaScriptEnabled,
    viewport: { width, height: 844 },
    timezoneId: "Europe/Madrid",
    locale: "en-US",
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("422")) faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) faults.push(`a request left for ${request.url()}`);
  });
  return { page, faults, close: () => context.close() };
}

/** Whether nothing is wider than the window. Text, because the page's own types are not those of this file. */
const fits = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth");

describe("the form in a browser", () => {
  it.each(WAYS)("leads to the subscription and its preferences $name", async ({ javaScriptEnabled, width }) => {
    const { page, faults, close } = await openPage(javaScriptEnabled, width);

    await page.goto(`${base}/subscribe`);
    expect(await fits(page)).toBe(true);
    await page.getByText("Topics and rhythm").click();
    await page.getByLabel("ADHD").check();
    await page.getByLabel("Daily").check();
    const zone = javaScriptEnabled ? "Europe/Madrid" : "UTC";
    expect(await page.getByLabel("Time zone").inputValue()).toBe(zone);

    await page.getByLabel("Email address").fill("ana@nowhere");
    await page.getByRole("button", { name: "Subscribe" }).click();
    await page.locator("#email-error").waitFor();
    expect(await page.getByLabel("Email address").inputValue()).toBe("ana@nowhere");
    expect(await page.getByLabel("ADHD").isChecked()).toBe(true);
    if (javaScriptEnabled) expect(await page.locator("#error-summary:focus").count()).toBe(1);

    await page.getByLabel("Email address").fill(ANA);
    await page.getByRole("button", { name: "Subscribe" }).click();
    await page.getByRole("heading", { name: "Check your inbox" }).waitFor();
    expect(await page.locator(".address").textContent()).toBe(ANA);
    await reader.work();

    await page.goto(base + (await reader.link(ANA, "confirm")));
    expect(await reader.status()).toEqual(["pending"]);
    await page.getByRole("button", { name: "Yes, subscribe me" }).click();
    await page.getByRole("heading", { name: "You are in" }).waitFor();
    expect(await reader.status()).toEqual(["active"]);

    await page.getByRole("link", { name: "Choose topics and rhythm" }).click();
    expect(await page.getByLabel("Daily").isChecked()).toBe(true);
    expect(await page.getByLabel("Time zone").inputValue()).toBe(zone);
    expect(await fits(page)).toBe(true);
    await page.getByLabel("Everything").check();
    await page.getByLabel("Monthly").check();
    await page.getByRole("button", { name: "Save preferences" }).click();
    await page.getByRole("status").waitFor();
    expect(await page.getByRole("status").textContent()).toContain("one mail a month, about everything");

    expect(faults).toEqual([]);
    await close();
  });

  it("shows the captured confirmation, whose button opens in a page of its own", async () => {
    const { page, faults, close } = await openPage(true, 1280);
    await reader.post("/subscribe", { email: ANA });
    await reader.work();
    await page.goto(`${base}/mailbox`);
    await page.getByRole("link", { name: "Confirm your subscription" }).click();
    const button = page.frameLocator("iframe").getByRole("link", { name: "Confirm my subscription" });
    expect(await button.getAttribute("href")).toContain("/confirm/");
    expect(await page.frameLocator("iframe").locator("base").getAttribute("target")).toBe("_blank");
    expect(faults).toEqual([]);
    await close();
  });
});
