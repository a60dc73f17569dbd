import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { NotFoundError } from "../../errors.ts";
import { isUnsubscribeToken, unsubscribe } from "../../subscribers/index.ts";
import { readForm } from "../ui/form.ts";
import { type Frame, localised } from "../ui/page.tsx";
import { Button, WordsPage } from "../ui/parts.tsx";
import { frameFor, tokenOf } from "./reader-page.ts";

/** Leaving: by a button on a page, or by a mailbox provider's own button (RFC 8058), which gets a bare answer. */
export function leavePages(ctx: Context): Hono {
  const pages = new Hono();
  pages.get("/unsubscribe/:token", async (c) => {
    if (!(await isUnsubscribeToken(ctx, tokenOf(c)))) throw new NotFoundError("This link does not open anything.");
    const frame = frameFor(c, ctx);
    const { ask, button } = frame.messages.leave;
    return c.html(
      <WordsPage frame={frame} words={ask} personal>
        <form method="post">
          <Button>{button}</Button>
        </form>
      </WordsPage>,
    );
  });
  pages.post("/unsubscribe/:token", async (c) => {
    const form = await readForm(c);
    const oneClick = form.one("List-Unsubscribe") === "One-Click";
    const done = await unsubscribe(ctx, tokenOf(c), oneClick ? "one-click" : "page");
    if (oneClick) return done ? c.text("Unsubscribed.\n") : c.text("There is no such subscription.\n", 404);
    if (!done) throw new NotFoundError("This link does not open anything.");
    return c.html(<LeftPage frame={frameFor(c, ctx)} />);
  });
  return pages;
}

/** The last page: nothing is asked and nobody is held. Coming back needs a fresh confirmation. */
export function LeftPage({ frame }: { frame: Frame }) {
  const { done, undo, undoLink } = frame.messages.leave;
  return (
    <WordsPage frame={frame} words={done} personal>
      <p class="quiet small">
        {undo} <a href={localised("/subscribe", frame.locale)}>{undoLink}</a>
      </p>
    </WordsPage>
  );
}
