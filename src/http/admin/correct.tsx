import type { Hono } from "hono";
import { type ArticleHistory, getArticle } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { correctArticle, forecastCorrection } from "../../digests/index.ts";
import { ForbiddenError, InvalidError } from "../../errors.ts";
import { readForm } from "../ui/form.ts";
import { CorrectionCheck } from "./correction-check.tsx";
import { CorrectionForm } from "./correction-form.tsx";
import { type Typed, toInput, typedIn, wrongsIn } from "./correction-input.ts";
import { type DeskEnv, type DeskHttp, mayChange, newDoor } from "./env.ts";
import { words } from "./words.ts";

/** Marking a version as wrong: say it, see whom it reaches, send it. Nothing is written before the last step. */
export function correctPages(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/articles/:slug/correct", async (c) => {
    if (!mayChange(c.get("editor"))) throw new ForbiddenError(words.errors.viewer);
    const history = await getArticle(ctx, c.req.param("slug"));
    const version = c.req.query("version") ?? String(history.versions[0]?.number ?? 1);
    const typed = { version, severity: "correction", wrong: "", right: "", why: "", passage: "", note: "" };
    return c.html(<CorrectionForm ctx={ctx} editor={c.get("editor")} history={history} typed={typed} />);
  });
  pages.post("/articles/:slug/correct", async (c) => {
    const history = await getArticle(ctx, c.req.param("slug"));
    const form = await readForm(c);
    const typed = typedIn(form);
    const props = { ctx, editor: c.get("editor"), history, typed };
    if (form.one("step") === "edit") return c.html(<CorrectionForm {...props} />);
    try {
      if (form.one("step") === "send") return await send(c, ctx, history, typed);
      const forecast = await forecastCorrection(ctx, history.article.slug, toInput(typed));
      return c.html(<CorrectionCheck {...props} forecast={forecast} />);
    } catch (error) {
      if (!(error instanceof InvalidError)) throw error;
      return c.html(<CorrectionForm {...props} wrongs={wrongsIn(error.errors, typed)} />, 422);
    }
  });
  return pages;
}

async function send(c: DeskHttp, ctx: Context, { article }: ArticleHistory, typed: Typed): Promise<Response> {
  const { correction, created } = await correctArticle(ctx, article.slug, toInput(typed), c.get("editor").id);
  return c.redirect(`/admin/corrections/${correction.seq}?said=${created ? "sent" : "known"}`, 303);
}
