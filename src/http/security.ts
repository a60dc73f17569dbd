import type { Context as Http, MiddlewareHandler } from "hono";
import type { Context } from "../context.ts";
import { ForbiddenError } from "../errors.ts";

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The policy of a mail shown in the browser: its styles are inline, and nothing else may load. `framedBy` says who may
 * hold it in a frame, where its links open in a new window.
 */
export function mailPolicy(framedBy: "'none'" | "'self'"): string {
  const sandbox = framedBy === "'self'" ? "; sandbox allow-popups allow-popups-to-escape-sandbox" : "";
  const rest = `base-uri 'none'; form-action 'none'; frame-ancestors ${framedBy}`;
  return `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; ${rest}${sandbox}`;
}

/** Pages that a token opens: who holds the address holds the subscription. */
const PERSONAL = /^\/(?:confirm|not-me|unsubscribe|preferences|mailbox)(?:\/|$)/;

/** Pages that only editors see. Their paths hold no secret, and their forms say where they come from. */
const EDITORS = /^\/admin(?:\/|$)/;

/** Sets what every answer must carry, unless the handler chose its own. */
export function securityHeaders(ctx: Context): MiddlewareHandler {
  const secure = ctx.config.publicUrl.startsWith("https:");
  return async (c, next) => {
    await next();
    const personal = PERSONAL.test(c.req.path);
    const unlisted = personal || EDITORS.test(c.req.path);
    const wanted = {
      "Content-Security-Policy": POLICY,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": personal ? "no-referrer" : "same-origin",
      "Cross-Origin-Opener-Policy": "same-origin",
      ...(secure ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
      ...(unlisted ? { "X-Robots-Tag": "noindex", "Cache-Control": "no-store" } : {}),
    };
    for (const [name, value] of Object.entries(wanted)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
  };
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses forms that a browser posts from someone else's page. A request that names no origin comes from no browser,
 * and there is no cookie it could misuse. `Origin: null` is what browsers send from our own pages with `no-referrer`,
 * so it passes where Sec-Fetch-Site vouches for it.
 */
export function refuseForeignForms(ctx: Context): MiddlewareHandler {
  return async (c, next) => {
    if (!SAFE.has(c.req.method) && isForeign(c, ctx)) {
      throw new ForbiddenError("This form was posted from another site.");
    }
    await next();
  };
}

function isForeign(c: Http, ctx: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  if (site === "same-origin" || site === "none") return false;
  if (origin === undefined) return site !== undefined;
  return !(isOwnOrigin(origin, c, ctx) || (c.req.path === "/subscribe" && ctx.config.site.origins.includes(origin)));
}

/** Behind a proxy that ends TLS our own URL looks like http, so the host decides, or the configured address. */
export function isOwnOrigin(origin: string, c: Http, ctx: Context): boolean {
  if (origin === new URL(ctx.config.publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host;
}

interface NodeBindings {
  incoming?: { socket?: { remoteAddress?: string } };
}

/**
 * The visitor's IP address, or null when it cannot be known. A header is believed only where the configuration names it,
 * and then its last entry: that one was added by our own proxy, those before it by anyone.
 */
export function clientIp(c: Http, ctx: Context): string | null {
  const { clientIpHeader } = ctx.config;
  if (clientIpHeader !== null) return c.req.header(clientIpHeader)?.split(",").at(-1)?.trim() || null;
  const bindings = c.env as NodeBindings | undefined;
  return bindings?.incoming?.socket?.remoteAddress ?? null;
}
