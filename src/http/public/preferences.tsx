import { Hono, type Context as Http } from "hono";
import type { Context } from "../../context.ts";
import { InvalidError } from "../../errors.ts";
import {
  eraseSelf,
  exportReader,
  readHeld,
  readPreferences,
  unsubscribe,
  updatePreferences,
} from "../../subscribers/index.ts";
import { listTopics, unpackTopics } from "../../topics/index.ts";
import { sayMoment } from "../ui/days.ts";
import { type Form, readForm } from "../ui/form.ts";
import { type Frame, frameOf } from "../ui/page.tsx";
import { WordsPage, type Wrongs, wrongsOf } from "../ui/parts.tsx";
import { ErasePage } from "./erase.tsx";
import { LeftPage } from "./leave.tsx";
import { type Chosen, DepartedPage, PreferencesPage } from "./preferences-page.tsx";
import { frameFor, tokenOf } from "./reader-page.ts";

type Reader = Awaited<ReturnType<typeof readPreferences>>;

/** Everything a reader can change, on one page behind one link. */
export function preferencesPages(ctx: Context): Hono {
  const pages = new Hono();
  pages.get("/preferences/:token", async (c) => {
    const reader = await readHeld(ctx, tokenOf(c));
    if (reader.status !== "active") return c.html(<DepartedPage frame={frameFor(c, ctx, reader.locale)} />);
    return show(c, ctx, frameFor(c, ctx, reader.locale), reader, chosenBy(reader));
  });
  pages.post("/preferences/:token", async (c) => {
    const form = await readForm(c);
    const act = ACTIONS[form.one("action") ?? "save"];
    if (!act) throw new InvalidError("action: expected save, export, leave or erase");
    return act(c, ctx, form);
  });
  return pages;
}

type Act = (c: Http, ctx: Context, form: Form) => Promise<Response>;

const ACTIONS: Record<string, Act | undefined> = Object.assign(Object.create(null), {
  save,
  export: download,
  leave,
  erase,
} satisfies Record<string, Act>);

async function save(c: Http, ctx: Context, form: Form): Promise<Response> {
  const token = tokenOf(c);
  const before = await readPreferences(ctx, token);
  const chosen = chosenIn(form, before);
  try {
    const after = await updatePreferences(ctx, token, wishesOf(chosen, frameFor(c, ctx, before.locale)));
    const frame = frameOf(ctx, frameFor(c, ctx, after.locale).locale);
    return show(c, ctx, frame, after, chosenBy(after), { saved: savedWords(frame, after) });
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    const frame = frameFor(c, ctx, before.locale);
    return show(c, ctx, frame, before, chosen, { wrongs: wrongsIn(error, frame, chosen) });
  }
}

/** "Only these topics" with none ticked is a slip, not a wish for everything. */
function wishesOf({ onlyThese, topics, pause, ...rest }: Chosen, frame: Frame) {
  if (onlyThese && topics.length === 0) {
    const text = frame.messages.preferences.chooseOne;
    throw new InvalidError(text, [{ field: "topics", text }]);
  }
  return { ...rest, topics: onlyThese ? topics : [], ...(pause === "" ? {} : { pauseWeeks: Number(pause) }) };
}

function wrongsIn(error: InvalidError, frame: Frame, chosen: Chosen): Wrongs {
  const wrongs = new Map(wrongsOf(error.errors, frame));
  if (chosen.onlyThese && chosen.topics.length === 0) wrongs.set("topics", frame.messages.preferences.chooseOne);
  return wrongs;
}

function savedWords(frame: Frame, { cadence, topics, paused_until, timezone }: Reader): string {
  const { messages } = frame;
  const pausedUntil = paused_until === null ? null : sayMoment(paused_until, messages.tag, timezone);
  return messages.preferences.saved({ cadence, topics: unpackTopics(topics).length, pausedUntil });
}

async function download(c: Http, ctx: Context): Promise<Response> {
  const held = await exportReader(ctx, tokenOf(c));
  return c.body(`${JSON.stringify(held, null, 2)}\n`, 200, {
    "Content-Type": "application/json",
    "Content-Disposition": 'attachment; filename="my-data.json"',
  });
}

async function leave(c: Http, ctx: Context): Promise<Response> {
  const { uid, locale } = await readPreferences(ctx, tokenOf(c));
  await unsubscribe(ctx, ctx.vault.makeToken({ purpose: "unsubscribe", uid, issuedAt: ctx.clock() }), "preferences");
  return c.html(<LeftPage frame={frameFor(c, ctx, locale)} />);
}

async function erase(c: Http, ctx: Context, form: Form): Promise<Response> {
  const { locale } = await readHeld(ctx, tokenOf(c));
  const frame = frameFor(c, ctx, locale);
  if (form.one("sure") !== "yes") return c.html(<ErasePage frame={frame} token={tokenOf(c)} />);
  await eraseSelf(ctx, tokenOf(c));
  return c.html(<WordsPage frame={frame} words={frame.messages.preferences.erased} personal />);
}

function chosenBy(reader: Reader): Chosen {
  const topics = unpackTopics(reader.topics);
  const { cadence, timezone, locale } = reader;
  return {
    topics,
    onlyThese: topics.length > 0,
    cadence,
    timezone,
    locale,
    discreet: reader.discreet === 1,
    pause: "",
  };
}

function chosenIn(form: Form, before: Reader): Chosen {
  const topics = form.many("topics");
  const which = form.one("which");
  return {
    topics,
    onlyThese: which === undefined ? topics.length > 0 : which === "chosen",
    cadence: form.one("cadence") ?? before.cadence,
    timezone: form.one("timezone") ?? before.timezone,
    locale: form.one("locale") ?? before.locale,
    discreet: form.one("discreet") !== undefined,
    pause: form.one("pause") ?? "",
  };
}

async function show(
  c: Http,
  ctx: Context,
  frame: Frame,
  reader: Reader,
  chosen: Chosen,
  result: { saved?: string; wrongs?: Wrongs } = {},
): Promise<Response> {
  await ctx.vault.ready();
  const now = ctx.clock();
  const paused = reader.paused_until !== null && reader.paused_until > now ? reader.paused_until : null;
  return c.html(
    <PreferencesPage
      frame={frame}
      address={reader.address ? ctx.vault.open(reader.address) : ""}
      topics={await listTopics(ctx.db)}
      chosen={chosen}
      pausedUntil={paused === null ? null : sayMoment(paused, frame.messages.tag, reader.timezone)}
      saved={result.saved ?? null}
      wrongs={result.wrongs ?? new Map()}
    />,
    result.wrongs ? 422 : 200,
  );
}
