import { createApp } from "../../src/app.ts";
import { listCaptured } from "../../src/mail/captured.ts";
import { type TestContext, type TestContextOptions, testContext } from "../support/context.ts";

const TABLES = [
  "subscriber",
  "subscription_request",
  "consent_event",
  "consent_wording",
  "suppression",
  "rate_hit",
  "digest",
  "digest_event",
  "variant",
  "batch",
  "delivery",
  "captured_mail",
  "article",
  "article_version",
  "article_event",
] as const;

export interface Reader extends TestContext {
  app: ReturnType<typeof createApp>;
  /** Posts a form, as a browser on our own page does. */
  post(path: string, fields?: Record<string, string | string[]>, headers?: Record<string, string>): Promise<Response>;
  /** Messages captured until now, newest first. */
  mails(): Promise<{ to: string; subject: string; html: string; text: string; headers: Record<string, string> }[]>;
  /** The path of a personal link in the newest mail to an address. */
  link(to: string, purpose: string): Promise<string>;
  /** Signs up and confirms, and gives the path of the preferences. */
  join(email: string): Promise<string>;
  /** Every row that a reader's visit could change, as text. */
  rows(): Promise<string>;
  status(): Promise<string[]>;
}

/** The app on a fresh database, and the gestures of a reader. */
export async function openReader(options: TestContextOptions = {}): Promise<Reader> {
  const test = await testContext(options);
  const { ctx, work } = test;
  const app = createApp(ctx);
  const post: Reader["post"] = async (path, fields = {}, headers = {}) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
    return app.request(path, { method: "POST", body, headers });
  };
  const mails = async () => (await listCaptured(ctx, { limit: 100 })).map(({ message }) => message);
  const link: Reader["link"] = async (to, purpose) => {
    const mail = (await mails()).find((one) => one.to === to && one.html.includes(`/${purpose}/`));
    const found = mail && new RegExp(`/${purpose}/[A-Za-z0-9_-]+`).exec(mail.html)?.[0];
    if (!found) throw new Error(`no mail to ${to} holds a ${purpose} link`);
    return found;
  };
  const join = async (email: string) => {
    await post("/subscribe", { email });
    await work();
    await post(await link(email, "confirm"));
    await work();
    return link(email, "preferences");
  };
  const rows = async () => {
    const held = [];
    for (const table of TABLES) held.push(await ctx.db.selectFrom(table).selectAll().execute());
    return JSON.stringify(held);
  };
  const status = async () =>
    (await ctx.db.selectFrom("subscriber").select("status").orderBy("id").execute()).map((row) => row.status);
  return { ...test, app, post, mails, link, join, rows, status };
}
