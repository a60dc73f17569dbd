import { serve } from "@hono/node-server";
import { createApp } from "/work/main/src/app.ts";
import { testContext } from "/work/main/tests/support/context.ts";
import { articlePage, MORNING_LIGHT } from "/work/main/tests/support/article-page.ts";
import { importPage, takeIn } from "/work/main/src/articles/index.ts";
import { draftDigest, sendDigest } from "/work/main/src/digests/index.ts";
import { listCaptured } from "/work/main/src/mail/captured.ts";
const port = 4173;
const t = await testContext({ env: { PUBLIC_URL: `http://localhost:${port}` } });
const app = createApp(t.ctx);
const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
const link = (html: string, part: string) => new RegExp(`/${part}/[A-Za-z0-9_-]+`).exec(html)?.[0] ?? "";
async function joined(email: string) {
  await app.request("/subscribe", { method: "POST", body: new URLSearchParams({ email }) });
  await t.work();
  const [mail] = await listCaptured(t.ctx, { limit: 1 });
  return mail!.message.html;
}
const html = await joined("ana@example.org");
await app.request(link(html, "confirm"), { method: "POST" });
await t.work();
const [welcome] = await listCaptured(t.ctx, { limit: 1 });
const url = "https://calm.example/depression/morning-light";
await takeIn(t.ctx, { html: articlePage(), url });
const d1 = await draftDigest(t.ctx, {});
const id = (d: any) => d.uid ?? d.id;
await sendDigest(t.ctx, id(d1)); await t.work();
t.clock.advance(86400000 * 7);
await takeIn(t.ctx, { html: articlePage({ reviewed: "January 9, 2026", sections: { ...MORNING_LIGHT, "What it costs": MORNING_LIGHT["What it costs"]!.replace("80 to 140", "60 to 120"), "Who should wait": "People with some eye conditions should ask first." } }), url });
const d2 = await draftDigest(t.ctx, {});
await sendDigest(t.ctx, id(d2)); await t.work();
const pending = await joined("pending@example.org");
console.log(JSON.stringify({
  confirm: link(pending, "confirm"), notMe: link(pending, "not-me"), preferences: link(welcome!.message.html, "preferences"), unsubscribe: link(welcome!.message.html, "unsubscribe"),
  archive: `/archive/${id(d2)}`, jobs: t.jobs.length,
}));
process.on("SIGTERM", () => { server.close(); process.exit(0); });
setInterval(() => void t.work(), 300);
