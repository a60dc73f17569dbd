import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { chromium } from "playwright-core";
import { expect, inject, it } from "vitest";
import { openReader } from "../public/reader.ts";

const ANA = "ana.ruiz@example.org";

/** A publisher's page whose style sheet spares nothing. */
function hostPage(script: string): string {
  return `<!doctype html><html lang="en"><title>Host</title>
<style>*{margin:0!important;text-transform:uppercase}button,input{display:none!important}</style>
<section id="newsletter"><p>Coming soon</p></section>
<script src="${script}" async data-target="#newsletter"></script></html>`;
}

it("the embedded form subscribes from a publisher's page that resets everything", async () => {
  let base = "";
  const host = createServer((_, answer) =>
    answer.setHeader("content-type", "text/html").end(hostPage(`${base}/embed.js`)),
  );
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const reader = await openReader({ env: { PUBLIC_URL: base, SITE_ORIGINS: origin } });
  const server = serve({ fetch: reader.app.fetch, port, hostname: "127.0.0.1" });
  const browser = await chromium.launch({ executablePath: inject("chromiumPath"), args: ["--no-sandbox"] });
  const page = await browser.newPage({ timezoneId: "Europe/Madrid" });

  await page.goto(origin);
  const email = page.getByLabel("Email address");
  await email.fill("ana@nowhere");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByText("needs a dot").waitFor();
  expect(await email.getAttribute("aria-invalid")).toBe("true");
  expect(await page.getByText("Coming soon").count()).toBe(0);

  await email.fill(ANA);
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByRole("heading", { name: "Check your inbox" }).waitFor();
  expect(await page.getByText(ANA).count()).toBe(1);
  await reader.work();
  expect((await reader.mails()).map(({ to }) => to)).toEqual([ANA]);
  const [row] = await reader.ctx.db.selectFrom("subscriber").selectAll().execute();
  expect(row).toMatchObject({ timezone: "Europe/Madrid", source: "embed" });

  await browser.close();
  await new Promise((resolve) => server.close(resolve));
  await new Promise((resolve) => host.close(resolve));
  await reader.close();
});

/** A port that nobody holds at the moment: the form's own address must be known before it is served. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
