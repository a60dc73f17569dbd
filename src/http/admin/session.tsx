import type { MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Context } from "../../context.ts";
import { type Editor, readSession, SESSION_MS } from "../../editors/index.ts";
import { ForbiddenError } from "../../errors.ts";
import { LonePage } from "./desk-page.tsx";
import { type DeskEnv, type DeskHttp, mayChange } from "./env.ts";
import { words } from "./words.ts";

const LOOKING = new Set(["GET", "HEAD"]);

/** Lets only who is signed in pass, and viewers only look; logs who changed something. */
export function requireSession(ctx: Context): MiddlewareHandler<DeskEnv> {
  return async (c, next) => {
    const editor = await editorOf(c, ctx);
    if (!editor) return askToSignIn(c, ctx);
    const looks = LOOKING.has(c.req.method);
    if (!looks && !mayChange(editor)) throw new ForbiddenError(words.errors.viewer);
    c.set("editor", editor);
    await next();
    if (looks) return;
    ctx.log.info({ editor: editor.id ?? "bootstrap", method: c.req.method, status: c.res.status }, "an editor acted");
  };
}

/** Who is signed in on this browser. */
export async function editorOf(c: DeskHttp, ctx: Context): Promise<Editor | null> {
  const token = tokenOf(c, ctx);
  return token === undefined ? null : readSession(ctx, token);
}

export function tokenOf(c: DeskHttp, ctx: Context): string | undefined {
  return getCookie(c, cookieOf(ctx).name);
}

export function keepToken(c: DeskHttp, ctx: Context, token: string): void {
  const { name, ...options } = cookieOf(ctx);
  setCookie(c, name, token, { ...options, maxAge: SESSION_MS / 1000 });
}

export function dropToken(c: DeskHttp, ctx: Context): void {
  const { name, ...options } = cookieOf(ctx);
  deleteCookie(c, name, options);
}

/** `__Host-` binds the cookie to this host and to https (RFC 6265bis, 4.1.3.2); a trial on http cannot have it. */
function cookieOf(ctx: Context) {
  const secure = ctx.config.publicUrl.startsWith("https:");
  return { name: secure ? "__Host-desk" : "desk", secure, httpOnly: true, sameSite: "Strict", path: "/" } as const;
}

function askToSignIn(c: DeskHttp, ctx: Context): Response | Promise<Response> {
  const { signedOut } = words.errors;
  if (!LOOKING.has(c.req.method)) {
    const page = (
      <LonePage ctx={ctx} title={signedOut.title}>
        <h1>{signedOut.title}</h1>
        <p>{signedOut.text}</p>
        <p>
          <a href="/admin/sign-in" target="_blank" rel="noopener">
            {signedOut.link}
          </a>
        </p>
      </LonePage>
    );
    return c.html(page, 403);
  }
  const here = pathOf(c);
  if (c.req.header("sec-fetch-site") === "cross-site") return c.html(<Entrance ctx={ctx} path={here} />);
  return c.redirect(`/admin/sign-in?to=${encodeURIComponent(here)}`, 303);
}

/**
 * A browser keeps a Strict cookie back when a link on another site or in a mail leads here (RFC 6265bis, 5.2), so who is
 * signed in would be asked again. From this page of our own it goes along.
 */
function Entrance({ ctx, path }: { ctx: Context; path: string }) {
  const { entering } = words.errors;
  return (
    <LonePage ctx={ctx} title={words.desk} head={<meta http-equiv="refresh" content={`0;url=${path}`} />}>
      <p>
        <a href={path}>{entering}</a>
      </p>
    </LonePage>
  );
}

function pathOf(c: DeskHttp): string {
  const { pathname, search } = new URL(c.req.url);
  return deskPath(pathname + search);
}

/** A path of the desk to go to; the overview for anything else, other sites above all. */
export function deskPath(text: string | undefined): string {
  return text !== undefined && /^\/admin(?:\/[\w\-.~%/]*)?(?:\?[\w\-.~%=&+]*)?$/.test(text) ? text : "/admin";
}
