import { expect, it } from "vitest";
import type { Config } from "../../src/config.ts";
import type { CaptureOptions } from "../../src/mail/capture.ts";
import { openMailer } from "../../src/mail/open.ts";

it.each<[Config["mail"], object]>([
  [
    { driver: "resend", apiKey: "re_test", baseUrl: null, webhookSecret: null },
    { driver: "resend", maxBatch: 100 },
  ],
  [
    { driver: "smtp", url: "smtp://127.0.0.1:2525", dkim: null },
    { driver: "smtp", maxBatch: 1, keyLifeMs: 0 },
  ],
  [{ driver: "capture" }, { driver: "capture", maxBatch: 100 }],
])("the configuration chooses the transport, and opening it connects to nothing: %j", async (config, mailer) => {
  const opened = await openMailer(config, {} as CaptureOptions);
  expect(opened).toMatchObject(mailer);
  await opened.close();
});
