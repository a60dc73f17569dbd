import { describe, expect, it } from "vitest";
import { toConfig } from "../../src/config.ts";

const production = {
  PUBLIC_URL: "https://letters.example.org",
  DATA_KEYS: "k",
  ADMIN_API_KEY: "a-key-of-more-than-24-characters",
  MAIL_FROM: "Letters <letters@example.org>",
  SITE_ADDRESS: "1 Quiet Street",
  RESEND_API_KEY: "re_x",
  RESEND_WEBHOOK_SECRET: "whsec_c2VjcmV0IHNlY3JldCBzZWNyZXQ=",
};

describe("the configuration", () => {
  it("is complete with nothing set, for a trial on this machine", () => {
    expect(toConfig({})).toMatchObject({
      port: 3000,
      publicUrl: "http://localhost:3000",
      production: false,
      database: { engine: "sqlite", path: "data/newsletter.db" },
      queue: { driver: "memory" },
      mail: { driver: "capture" },
    });
  });

  it.each([
    ["PORT", "eighty"],
    ["PORT", "99999"],
    ["PUBLIC_URL", "letters.example.org"],
    ["DATABASE_URL", "mysql://db"],
    ["QUEUE_URL", "amqp://q"],
    ["RESEND_WEBHOOK_SECRET", "secret"],
    ["RESEND_WEBHOOK_SECRET", "whsec_a"],
    ["CMS_WEBHOOK_SECRET", "whsec_a"],
    ["SMTP_URL", "mail.example.org"],
    ["MAIL_FROM", "no address"],
    ["MAIL_FROM", "Letters <a@example.org>\r\nBcc: b@example.org"],
    ["ADMIN_API_KEY", "short"],
    ["SITE_TIMEZONE", "Mars/Olympus"],
    ["SITE_SEND_HOUR", "24"],
    ["SITE_WEEKLY_CAP", "none"],
    ["SITE_ORIGINS", "example.org"],
    ["LOG_LEVEL", "loud"],
    ["PAUSE_AT_BOUNCES", "four"],
    ["PAUSE_AT_COMPLAINTS", "100"],
    ["PAUSE_MIN_SUBMITTED", "0"],
    ["PAUSE_MIN_COMPLAINTS", "-1"],
    ["WARM_UP", "slowly"],
    ["WARM_UP", "150,0"],
  ])("names %s when it is %j, on one line", (name, value) => {
    expect(() => toConfig({ [name]: value })).toThrow(new RegExp(`^${name}: [^\\n]+$`));
  });

  it("warms nothing up unless asked to, by a table of its own, the provider's, or one's own", () => {
    expect(toConfig({}).delivery).toMatchObject({
      warmUp: null,
      guard: { bounceRate: 0.04, complaintRate: 0.0008, minSample: 500, minComplaints: 5 },
    });
    const tableOf = (text: string) => toConfig({ WARM_UP: text }).delivery.warmUp;
    expect(tableOf("new")).toEqual([150, 250, 400, 700, 1000, 1500, 2000]);
    expect(tableOf("existing")?.at(-1)).toBe(10_000);
    expect(tableOf("20, 40")).toEqual([20, 40]);
    expect(toConfig({ PAUSE_AT_COMPLAINTS: "0" }).delivery.guard.complaintRate).toBe(0);
  });

  it.each(["DATA_KEYS", "ADMIN_API_KEY", "MAIL_FROM", "SITE_ADDRESS", "RESEND_API_KEY", "RESEND_WEBHOOK_SECRET"])(
    "demands %s in production",
    (name) => {
      const { [name as keyof typeof production]: _, ...rest } = production;
      expect(() => toConfig(rest)).toThrow(name);
    },
  );

  it("takes a public address, or NODE_ENV, for production", () => {
    expect(toConfig(production).production).toBe(true);
    expect(() => toConfig({ NODE_ENV: "production" })).toThrow(/PUBLIC_URL: required in production/);
  });

  it("refuses half a group", () => {
    expect(() => toConfig({ SMTP_URL: "smtp://m", DKIM_DOMAIN: "example.org" })).toThrow(/DKIM_DOMAIN, DKIM_SELECTOR/);
    expect(() => toConfig({ DKIM_DOMAIN: "example.org" })).toThrow(/all three or none/);
    const dkim = { DKIM_DOMAIN: "example.org", DKIM_SELECTOR: "s", DKIM_PRIVATE_KEY: "garbage" };
    expect(() => toConfig({ SMTP_URL: "smtp://m", ...dkim })).toThrow(
      /DKIM_PRIVATE_KEY: expected a private key in PEM/,
    );
    expect(() => toConfig({ SMTP_URL: "smtp://m", RESEND_API_KEY: "re_x" })).toThrow(/SMTP_URL/);
    expect(() => toConfig({ WORKERS: "apart" })).toThrow(/QUEUE_URL/);
  });
});
