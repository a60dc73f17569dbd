import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { draftDigest, sendDigest } from "../../src/digests/index.ts";
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
let stop: () => Promise<void>;
beforeEach(async () => {
  desk = await openDesk();
  const served = await serveApp(desk.app);
  base = served.base;
  stop = async () => {
    await served.close();
    await desk.close();
  };
});
afterEach(() => stop());

async function openPage(width: number): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 844 } });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("422")) faults.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) faults.push(`a request left for ${request.url()}`);
  });
  return { context, page, faults };
}

/** Whether nothing is wider than the window. Text, because the page's own types are not those of this file. */
const fits = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth");

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("API key").fill(ADMIN_KEY);
  await page.getByLabel("API key").press("Enter");
}

describe("the desk in a browser without JavaScript", () => {
  it.each([1280, 390])("marks a version as wrong, %i px wide, and tells exactly who was sent it", async (width) => {
    await addReaders(desk.ctx, manyAddresses(3));
    await publishArticles(desk.ctx);
    const { uid } = await draftDigest(desk.ctx, {});
    await sendDigest(desk.ctx, uid);
    await desk.work();
    const { context, page, faults } = await openPage(width);

    await page.goto(`${base}/admin/articles`);
    await page.getByRole("heading", { name: "Sign in to the desk" }).waitFor();
    await signIn(page);
    await page.getByRole("link", { name: "Lithium and the kidneys" }).click();
    await page.getByRole("link", { name: "Mark version 1 as wrong" }).click();
    expect(await page.getByLabel("Version that was wrong").inputValue()).toBe("1");
    expect(await fits(page)).toBe(true);

    await page.getByLabel("Safety").check();
    await page.getByLabel("What we told readers").fill("80 to 140 dollars");
    await page.getByLabel("What is right").fill("90 to 150 dollars");
    await page.getByLabel("The exact words in the article").fill("8 to 14 dollars");
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByRole("link", { name: "The exact words in the article" }).click();
    expect(await page.getByLabel("The exact words in the article").getAttribute("aria-invalid")).toBe("true");
    await page.getByLabel("The exact words in the article").fill("80 to 140 dollars");
    await page.getByRole("button", { name: "Check" }).click();

    await page.getByText("3 readers were sent this.").waitFor();
    expect(await fits(page)).toBe(true);
    await page.getByRole("button", { name: "Send the correction to 3 readers" }).dblclick();
    // Not `waitForURL`: the second click breaks off the navigation of the first.
    await page.getByRole("link", { name: "Count again" }).waitFor();
    expect(page.url()).toMatch(/\/admin\/corrections\/4/);
    await desk.work();
    await page.getByRole("link", { name: "Count again" }).click();
    expect(await page.getByRole("row", { name: "Told what was wrong" }).textContent()).toContain("3");
    expect(await page.getByRole("row", { name: "On the way" }).textContent()).toContain("3");
    expect(await fits(page)).toBe(true);
    const notices = await desk.ctx.db
      .selectFrom("delivery")
      .innerJoin("correction", "correction.digest_id", "delivery.digest_id")
      .select("delivery.id")
      .execute();
    expect(notices).toHaveLength(3);

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it("does not ask whoever is signed in again when a link on another site leads here", async () => {
    const { context, page } = await openPage(1280);
    await page.goto(`${base}/admin`);
    await signIn(page);
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    const elsewhere = await context.newPage();
    const link = `<a href="${base}/admin/corrections">the desk</a>`;
    await elsewhere.route("http://mail.example/*", (route) => route.fulfill({ contentType: "text/html", body: link }));
    await elsewhere.goto("http://mail.example/inbox");
    await elsewhere.getByRole("link", { name: "the desk" }).click();
    await elsewhere.getByRole("heading", { name: "Corrections" }).waitFor();
    await context.close();
  });
});
