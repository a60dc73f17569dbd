import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { type Confirmation, confirm, lookAtConfirmation } from "../../subscribers/index.ts";
import type { Cadence } from "../../subscribers/words.ts";
import { sayDay } from "../ui/days.ts";
import { type Frame, localised } from "../ui/page.tsx";
import { Button, WordsPage } from "../ui/parts.tsx";
import { nextEdition } from "./next-edition.ts";
import { frameFor, tokenOf } from "./reader-page.ts";

const STATUS = { confirmed: 200, already: 200, expired: 410, unknown: 404 } as const;

type Reader = (Confirmation & { outcome: "confirmed" | "already" })["subscriber"];

/** Double opt-in's second half: looking shows a button, and only the button confirms. */
export function confirmPages(ctx: Context): Hono {
  const pages = new Hono();
  pages.get("/confirm/:token", async (c) => {
    const seen = await lookAtConfirmation(ctx, tokenOf(c));
    const frame = frameFor(c, ctx, "subscriber" in seen ? seen.subscriber.locale : undefined);
    if (seen.outcome !== "confirmed")
      return c.html(<NothingToDo frame={frame} outcome={seen.outcome} />, STATUS[seen.outcome]);
    return c.html(<Ask frame={frame} />);
  });
  pages.post("/confirm/:token", async (c) => {
    const done = await confirm(ctx, tokenOf(c));
    if (!("subscriber" in done)) {
      return c.html(<NothingToDo frame={frameFor(c, ctx)} outcome={done.outcome} />, STATUS[done.outcome]);
    }
    const frame = frameFor(c, ctx, done.subscriber.locale);
    return c.html(<Welcome ctx={ctx} frame={frame} reader={done.subscriber} />);
  });
  return pages;
}

function Ask({ frame }: { frame: Frame }) {
  const { ask, button } = frame.messages.confirm;
  return (
    <WordsPage frame={frame} words={ask} personal>
      <form method="post">
        <Button>{button}</Button>
      </form>
    </WordsPage>
  );
}

function NothingToDo({ frame, outcome }: { frame: Frame; outcome: "already" | "expired" | "unknown" }) {
  const { confirm: words } = frame.messages;
  return (
    <WordsPage frame={frame} words={words[outcome]} personal>
      {outcome !== "already" && (
        <p>
          <a class="button" href={localised("/subscribe", frame.locale)}>
            {words.again}
          </a>
        </p>
      )}
    </WordsPage>
  );
}

function Welcome({ ctx, frame, reader }: { ctx: Context; frame: Frame; reader: Reader }) {
  const { confirm: words } = frame.messages;
  const claims = { purpose: "preferences", uid: reader.uid, issuedAt: ctx.clock() } as const;
  return (
    <WordsPage frame={frame} words={{ title: words.done, text: whatComes(ctx, frame, reader) }} personal>
      <p class="quiet">{words.optional}</p>
      <p>
        <a class="button plain" href={`/preferences/${ctx.vault.makeToken(claims)}`}>
          {words.preferences}
        </a>
      </p>
    </WordsPage>
  );
}

function whatComes(ctx: Context, frame: Frame, reader: { cadence: Cadence; timezone: string }): string {
  const { next } = frame.messages.confirm;
  if (reader.cadence === "immediate") return next.immediate();
  const day = nextEdition(reader.cadence, reader.timezone, ctx.clock(), ctx.config.site);
  return next[reader.cadence](sayDay(day, frame.messages.tag, { weekday: true }));
}
