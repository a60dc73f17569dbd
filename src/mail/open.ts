import type { Config } from "../config.ts";
import type { CaptureOptions } from "./capture.ts";
import type { Mailer } from "./mailer.ts";
import type { Post } from "./post.ts";

export interface MailerDeps extends CaptureOptions {
  /** How this runtime posts best. */
  post?: Post | undefined;
}

/** Opens the configured mail transport, loading only that one. Connects to nothing; `check` does. */
export async function openMailer(config: Config["mail"], deps: MailerDeps): Promise<Mailer> {
  switch (config.driver) {
    case "resend": {
      const { createResendMailer } = await import("./resend.ts");
      return createResendMailer({ ...deps, apiKey: config.apiKey, baseUrl: config.baseUrl });
    }
    case "smtp": {
      const { createSmtpMailer } = await import("./smtp.ts");
      return createSmtpMailer({ url: config.url, dkim: config.dkim, clock: deps.clock });
    }
    case "capture": {
      const { createCaptureMailer } = await import("./capture.ts");
      return createCaptureMailer(deps);
    }
  }
}
