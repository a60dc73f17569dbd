import { Hono, type Context as Http } from "hono";
import { consentWording } from "../../consent/index.ts";
import type { Context } from "../../context.ts";
import { InvalidError } from "../../errors.ts";
import { requestSubscription } from "../../subscribers/index.ts";
import { listTopics, type Topic } from "../../topics/index.ts";
import { clientIp } from "../security.ts";
import { CadenceChoice, Question, TopicGroups, ZoneChoice } from "../ui/choices.tsx";
import { type Form, readForm } from "../ui/form.ts";
import { isLocale } from "../ui/locale.ts";
import { type Frame, frameOf, localised, Page } from "../ui/page.tsx";
import { Button, EmailField, ErrorSummary, type Wrongs, wrongsOf } from "../ui/parts.tsx";
import { InboxPage } from "./inbox.tsx";
import { frameFor } from "./reader-page.ts";
import { isTrapped, Trap } from "./trap.tsx";

/** A sign-up as it was typed. */
export interface Typed {
  email: string;
  topics: string[];
  cadence: string;
  timezone: string;
  source: string;
}

/** The form: one address, one button, and choices for those who want them. */
export function subscribePages(ctx: Context): Hono {
  const pages = new Hono();
  pages.get("/subscribe", async (c) => {
    const source = c.req.query("source") ?? "";
    const typed = { email: "", topics: [], cadence: "weekly", timezone: ctx.config.site.timezone, source };
    return c.html(<SubscribePage {...(await formProps(ctx, frameFor(c, ctx), typed))} />);
  });
  pages.post("/subscribe", async (c) => {
    const form = await readForm(c);
    const locale = form.one("locale");
    const frame = isLocale(locale) ? frameOf(ctx, locale) : frameFor(c, ctx);
    const typed = typedIn(form, ctx.config.site.timezone);
    c.header("Cache-Control", "no-store");
    try {
      if (!isTrapped(form)) await request(c, ctx, typed, frame);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      const wrongs = wrongsOf(error.errors, frame);
      return c.html(<SubscribePage {...(await formProps(ctx, frame, typed))} wrongs={wrongs} />, 422);
    }
    return c.html(<InboxPage frame={frame} typed={typed} />);
  });
  return pages;
}

function typedIn(form: Form, timezone: string): Typed {
  return {
    email: form.one("email") ?? "",
    topics: form.many("topics"),
    cadence: form.one("cadence") || "weekly",
    timezone: form.one("timezone") || timezone,
    source: form.one("source") ?? "",
  };
}

async function request(c: Http, ctx: Context, typed: Typed, { locale }: Frame): Promise<void> {
  const { source, ...wishes } = typed;
  const input = { ...wishes, locale, ...(source === "" ? {} : { source }) };
  await requestSubscription(ctx, input, { form: "form", ip: clientIp(c, ctx) });
}

interface SubscribeProps {
  frame: Frame;
  typed: Typed;
  topics: Topic[];
  consent: string;
  wrongs?: Wrongs;
}

async function formProps(ctx: Context, frame: Frame, typed: Typed): Promise<SubscribeProps> {
  const consent = consentWording(ctx.config.site.name, frame.locale);
  return { frame, typed, topics: await listTopics(ctx.db), consent };
}

function SubscribePage({ frame, typed, topics, consent, wrongs = new Map() }: SubscribeProps) {
  const { form } = frame.messages;
  return (
    <Page frame={frame} title={form.title(frame.siteName)} description={form.text} path="/subscribe">
      <form
        class="card stack"
        method="post"
        action={localised("/subscribe", frame.locale)}
        novalidate={wrongs.size > 0}
      >
        <h1>{form.title(frame.siteName)}</h1>
        <p>{form.text}</p>
        <ErrorSummary frame={frame} wrongs={wrongs} />
        <EmailField label={form.email} hint={form.emailHint} value={typed.email} wrongs={wrongs} />
        <Choices frame={frame} typed={typed} topics={topics} wrongs={wrongs} />
        <p class="quiet small">{consent}</p>
        <input type="hidden" name="locale" value={frame.locale} />
        <input type="hidden" name="source" value={typed.source} />
        <Trap label={form.trap} />
        <p>
          <Button>{form.button}</Button>
        </p>
      </form>
    </Page>
  );
}

type ChoicesProps = Pick<SubscribeProps, "frame" | "typed" | "topics"> & { wrongs: Wrongs };

/** Folded away: whoever wants everything once a week need not look at them. */
function Choices({ frame, typed, topics, wrongs }: ChoicesProps) {
  const { form, choices } = frame.messages;
  const touched = typed.topics.length > 0 || typed.cadence !== "weekly";
  const wrong = ["topics", "cadence", "timezone"].some((name) => wrongs.has(name));
  return (
    <details open={touched || wrong}>
      <summary>
        <span>
          <b>{form.choose}</b>
          <span class="hint">{form.chooseHint}</span>
        </span>
      </summary>
      <div class="inside stack">
        <Question name="topics" title={choices.topics} hint={choices.topicsHint} wrongs={wrongs}>
          <TopicGroups topics={topics} chosen={typed.topics} />
        </Question>
        <CadenceChoice frame={frame} chosen={typed.cadence} wrongs={wrongs} />
        <ZoneChoice frame={frame} chosen={typed.timezone} wrongs={wrongs} guess={!touched && !wrong} />
      </div>
    </details>
  );
}
