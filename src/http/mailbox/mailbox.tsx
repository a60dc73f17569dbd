import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { NotFoundError } from "../../errors.ts";
import { getCaptured, listCaptured } from "../../mail/captured.ts";
import { mailPolicy } from "../security.ts";
import { frameOf } from "../ui/page.tsx";
import { MailList } from "./mail-list.tsx";
import { isTab, MailPage } from "./mail-page.tsx";

const PAGE = 50;

/** The mail that a trial installation keeps instead of sending, mounted at `/mailbox`. In English, for its operator. */
export function createMailbox(ctx: Context): Hono {
  const mailbox = new Hono();
  const frame = () => frameOf(ctx, "en");
  mailbox.get("/", async (c) => {
    const mails = await listCaptured(ctx, { limit: PAGE + 1, before: idOf(c.req.query("before")) });
    const next = mails.length > PAGE ? (mails[PAGE - 1]?.id ?? null) : null;
    const { timezone } = ctx.config.site;
    return c.html(<MailList frame={frame()} mails={mails.slice(0, PAGE)} next={next} timezone={timezone} />);
  });
  mailbox.get("/:id", async (c) => {
    const mail = await getCaptured(ctx, idOf(c.req.param("id")) ?? Number.NaN);
    const asked = c.req.query("part");
    const part = isTab(asked) ? asked : "html";
    const source = part === "source" ? new TextDecoder().decode(await composed(ctx, mail)) : "";
    const { timezone } = ctx.config.site;
    return c.html(<MailPage frame={frame()} mail={mail} part={part} source={source} timezone={timezone} />);
  });
  mailbox.get("/:id/html", async (c) => {
    const { message } = await getCaptured(ctx, idOf(c.req.param("id")) ?? Number.NaN);
    const html = message.html.replace(/<head\b[^>]*>/i, '$&<base target="_blank">');
    return c.html(html, 200, { "Content-Security-Policy": mailPolicy("'self'") });
  });
  mailbox.get("/:id/source", async (c) => {
    const mail = await getCaptured(ctx, idOf(c.req.param("id")) ?? Number.NaN);
    return c.body(await composed(ctx, mail), 200, {
      "Content-Type": "message/rfc822",
      "Content-Disposition": `attachment; filename="mail-${mail.id}.eml"`,
    });
  });
  return mailbox;
}

type Mail = Awaited<ReturnType<typeof getCaptured>>;

/** The bytes as they would travel, in memory of their own as a response wants them. */
async function composed(ctx: Context, { message, capturedAt }: Mail): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await ctx.mailer.compose?.(message, capturedAt);
  if (!bytes) throw new NotFoundError("This transport keeps no source.");
  return new Uint8Array(bytes);
}

function idOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
