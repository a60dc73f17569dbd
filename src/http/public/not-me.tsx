import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { NotFoundError } from "../../errors.ts";
import { isNotMeToken, refuseRequest } from "../../subscribers/index.ts";
import { Button, WordsPage } from "../ui/parts.tsx";
import { frameFor, tokenOf } from "./reader-page.ts";

/** "This wasn't me": one button forgets a request that someone else made. */
export function notMePages(ctx: Context): Hono {
  const pages = new Hono();
  pages.get("/not-me/:token", async (c) => {
    if (!(await isNotMeToken(ctx, tokenOf(c)))) throw new NotFoundError("This link does not open anything.");
    const frame = frameFor(c, ctx);
    const { ask, button } = frame.messages.notMe;
    return c.html(
      <WordsPage frame={frame} words={ask} personal>
        <form method="post">
          <Button>{button}</Button>
        </form>
      </WordsPage>,
    );
  });
  pages.post("/not-me/:token", async (c) => {
    if (!(await refuseRequest(ctx, tokenOf(c)))) throw new NotFoundError("This link does not open anything.");
    const frame = frameFor(c, ctx);
    return c.html(<WordsPage frame={frame} words={frame.messages.notMe.done} personal />);
  });
  return pages;
}
