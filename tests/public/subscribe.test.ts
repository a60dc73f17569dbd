import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReader, type Reader } from "./reader.ts";

let reader: Reader;
beforeEach(async () => {
  reader = await openReader();
});
afterEach(() => reader.close());

describe("the sign-up form", () => {
  it("leads from an address to a confirmation mail", async () => {
    const page = await reader.post("/subscribe", {
      email: "ana@example.org",
      topics: ["adhd", "anxiety"],
      cadence: "daily",
    });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Check your inbox");
    await reader.work();
    expect((await reader.mails()).map(({ to }) => to)).toEqual(["ana@example.org"]);
    const [row] = await reader.ctx.db.selectFrom("subscriber").selectAll().execute();
    expect(row).toMatchObject({ status: "pending", topics: ",adhd,anxiety,", cadence: "daily", locale: "en" });
  });

  it("answers the same for a new, pending, active, departed and suppressed address", async () => {
    const answers = new Set<string>();
    const email = "ana@example.org";
    const ask = async () => {
      const answer = await reader.post("/subscribe", { email });
      answers.add(`${answer.status} ${JSON.stringify([...answer.headers.keys()])} ${await answer.text()}`);
    };
    await ask();
    await reader.work();
    await ask();
    await reader.post(await reader.link(email, "confirm"));
    await reader.work();
    await ask();
    const preferences = await reader.link(email, "preferences");
    await reader.post(await reader.link(email, "unsubscribe"));
    await ask();
    await reader.work();
    await reader.post(await reader.link(email, "confirm"));
    await reader.post(preferences, { action: "erase", sure: "yes" });
    await ask();
    expect(await reader.status()).toEqual(["erased"]);
    expect(answers.size).toBe(1);
  });

  it("says beside the field what is wrong, and keeps what was typed", async () => {
    const page = await reader.post("/subscribe", { email: "ana@nowhere", topics: ["adhd"], cadence: "monthly" });
    const html = await page.text();
    expect(page.status).toBe(422);
    expect(html).toContain('id="email-error"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('value="ana@nowhere"');
    expect(html).toMatch(/<input[^>]*value="adhd"[^>]*checked/);
    expect(html).toMatch(/<input[^>]*value="monthly"[^>]*checked/);
    expect(await reader.status()).toEqual([]);
  });

  it.each([
    ["an unknown topic", { topics: "no-such" }, "topics-error"],
    ["an unknown rhythm", { cadence: "hourly" }, "cadence-error"],
    ["a zone that is none", { timezone: "Mars/Base" }, "timezone-error"],
  ])("refuses %s", async (_, fields, error) => {
    const page = await reader.post("/subscribe", { email: "ana@example.org", ...fields });
    expect(page.status).toBe(422);
    expect(await page.text()).toContain(`id="${error}"`);
  });

  it("shows hostile input as text", async () => {
    const page = await reader.post("/subscribe", { email: '"><script>alert(1)</script>', source: '"><img src=x>' });
    const html = await page.text();
    expect(page.status).toBe(422);
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img src=x>");
    expect(html).toContain("&lt;script&gt;");
  });

  it("lets a program that fills in the hidden field believe that it succeeded", async () => {
    const fooled = await reader.post("/subscribe", { email: "ana@example.org", website: "https://spam.example" });
    const real = await reader.post("/subscribe", { email: "ana@example.org" });
    expect(await fooled.text()).toBe(await real.text());
    await reader.work();
    expect(await reader.mails()).toHaveLength(1);
  });

  it("speaks the reader's language, and remembers it", async () => {
    const spanish = await (
      await reader.app.request("/subscribe", { headers: { "accept-language": "es-MX,en;q=0.5" } })
    ).text();
    expect(spanish).toContain('<html lang="es"');
    await reader.post("/subscribe", { email: "ana@example.org", locale: "es" });
    await reader.work();
    expect((await reader.mails())[0]?.subject).toContain("Confirme");
    expect(
      await (await reader.app.request("/subscribe?lang=en", { headers: { "accept-language": "es" } })).text(),
    ).toContain('<html lang="en"');
  });

  it("tells a network that signs up too often when to come back", async () => {
    const strict = await openReader({ env: { SIGNUPS_PER_RANGE: "1" } });
    await strict.post("/subscribe", { email: "one@example.org" });
    const page = await strict.post("/subscribe", { email: "two@example.org" });
    expect(page.status).toBe(429);
    expect(Number(page.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(page.headers.get("content-type")).toContain("text/html");
    await strict.close();
  });
});
