import type { Context } from "./context.ts";

/** What a person wants to know right after the start: where to go, and what is only good for a trial. */
export function welcomeLines({ config, mailer, queue, engine }: Context): string[] {
  const { publicUrl } = config;
  return [
    "",
    `${config.site.name} newsletter (${engine.name}, ${queue.driver} queue, mail by ${mailer.driver})`,
    `  Sign up     ${publicUrl}/subscribe`,
    ...(mailer.driver === "capture"
      ? [`  Mailbox     ${publicUrl}/mailbox  (mail stays here: set RESEND_API_KEY or SMTP_URL to send it)`]
      : []),
    `  Desk        ${publicUrl}/admin  (sign in with the admin key)`,
    `  Archive     ${publicUrl}/archive`,
    `  API         ${publicUrl}/docs`,
    ...(config.production ? [] : ["  Admin key   ADMIN_API_KEY in keys.env beside the data"]),
    "",
  ];
}
