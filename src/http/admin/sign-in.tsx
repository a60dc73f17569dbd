import type { Hono } from "hono";
import type { Context } from "../../context.ts";
import { signIn, signOut } from "../../editors/index.ts";
import { LimitedError, UnauthorizedError } from "../../errors.ts";
import { clientIp } from "../security.ts";
import { readForm } from "../ui/form.ts";
import { Button, described, Notice, Wrong, type Wrongs } from "../ui/parts.tsx";
import { LonePage } from "./desk-page.tsx";
import { type DeskEnv, newDoor } from "./env.ts";
import { deskPath, dropToken, editorOf, keepToken, tokenOf } from "./session.tsx";
import { words } from "./words.ts";

/** The way in and out. The key is in the body of one request and is kept nowhere. */
export function signInPages(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/sign-in", async (c) => {
    const to = deskPath(c.req.query("to"));
    if (await editorOf(c, ctx)) return c.redirect(to, 303);
    return c.html(<SignInPage ctx={ctx} to={to} out={c.req.query("said") === "out"} />);
  });
  pages.post("/sign-in", async (c) => {
    const form = await readForm(c);
    const to = deskPath(form.one("to"));
    try {
      const { token } = await signIn(ctx, { key: form.one("key")?.trim() ?? "", ip: clientIp(c, ctx) });
      keepToken(c, ctx, token);
      return c.redirect(to, 303);
    } catch (error) {
      const limited = error instanceof LimitedError;
      if (!limited && !(error instanceof UnauthorizedError)) throw error;
      if (limited) c.header("Retry-After", String(error.retryAfterSeconds));
      const wrongs = new Map([["key", limited ? words.signIn.limited : words.signIn.wrong]]);
      return c.html(<SignInPage ctx={ctx} to={to} wrongs={wrongs} />, limited ? 429 : 422);
    }
  });
  pages.post("/sign-out", async (c) => {
    const token = tokenOf(c, ctx);
    if (token !== undefined) await signOut(ctx, token);
    dropToken(c, ctx);
    return c.redirect("/admin/sign-in?said=out", 303);
  });
  return pages;
}

interface SignInProps {
  ctx: Context;
  to: string;
  out?: boolean;
  wrongs?: Wrongs;
}

function SignInPage({ ctx, to, out = false, wrongs = new Map() }: SignInProps) {
  const { title, text, key, keyHint, button, out: said } = words.signIn;
  return (
    <LonePage ctx={ctx} title={title}>
      <h1>{title}</h1>
      {out && <Notice>{said}</Notice>}
      <p class="quiet">{text}</p>
      <form class="stack" method="post" action="/admin/sign-in">
        <div>
          <label for="key">{key}</label>
          <p class="hint" id="key-hint">
            {keyHint}
          </p>
          <input
            id="key"
            name="key"
            type="password"
            required
            maxlength={500}
            autocomplete="current-password"
            autocapitalize="none"
            spellcheck={false}
            {...described("key", wrongs, true)}
          />
          <Wrong name="key" wrongs={wrongs} />
        </div>
        <input type="hidden" name="to" value={to} />
        <p>
          <Button>{button}</Button>
        </p>
      </form>
    </LonePage>
  );
}
