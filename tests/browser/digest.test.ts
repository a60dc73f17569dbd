import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { deliverBatch } from "../../src/delivery/index.ts";
import { draftDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import { type Desk, openDesk } from "../admin/desk.ts";
import { ADMIN_KEY } from "../api/door.ts";
import { publishArticles } from "../support/editions.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { serveApp } from "../support/serve-app.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: inject("chromiumPath"), args: ["--no-sandbox"] });
});
afterAll(() => browser.close());

let desk: Desk;
let base: string;
let uid: string;
let stop: () => Promise<void>;
beforeEach(async () => {
  desk = await openDesk();
  await addReaders(desk.ctx, manyAddresses(250));
  await publishArticles(desk.ctx);
  ({ uid } = await draftDigest(desk.ctx, {}));
  await sendDigest(desk.ctx, uid);
  await planDigest(desk.ctx, 1);
  const served = await serveApp(desk.app);
  base = served.base;
  stop = async () => {
    await served.close();
    await desk.close();
  };
});
afterEach(() => stop());

async function open(options: Parameters<Browser["newContext"]>[0]): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(`${base}/admin`);
  await page.getByLabel("API key").fill(ADMIN_KEY);
  await page.getByLabel("API key").press("Enter");
  await page.getByRole("link", { name: /^New: / }).click();
  return { page, faults };
}

const fits = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth");

describe("a digest at the desk in a browser", () => {
  it.each([1280, 390])(
    "moves its figures by itself, is paused, and says when it has ended, %i px wide",
    async (width) => {
      const { page, faults } = await open({ viewport: { width, height: 844 } });
      await page.getByText("0 of 250 handed over").waitFor();
      await page.evaluate("window.sameDocument = true");
      await deliverBatch(desk.ctx, 1);
      await page.getByText("100 of 250 handed over").waitFor();
      expect(await page.evaluate("window.sameDocument")).toBe(true);
      expect(await page.evaluate("document.querySelector('progress').value")).toBe(400);
      expect(await fits(page)).toBe(true);

      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("heading", { name: "Paused" }).waitFor();
      await page.getByRole("button", { name: "Go on" }).click();
      await page.getByText("It goes on.").waitFor();
      await page.evaluate("window.sameDocument = true");
      await desk.work();
      await page.getByText("Ended", { exact: true }).waitFor();
      expect(await page.evaluate("window.sameDocument ?? false")).toBe(false);
      await page.getByText("250 of 250 handed over").waitFor();
      expect(await page.locator("script").count()).toBe(0);
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );

  it("says and does the same without JavaScript", async () => {
    const { page, faults } = await open({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await deliverBatch(desk.ctx, 1);
    await page.reload();
    await page.getByText("100 of 250 handed over").waitFor();
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByText("150 readers have not been written to").waitFor();
    expect(await fits(page)).toBe(true);
    await page.getByRole("button", { name: "Yes, cancel it" }).click();
    expect(await page.getByRole("row", { name: "Cancelled by an editor" }).textContent()).toContain("150");
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
