import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { Context } from "../../context.ts";
import type { Editor } from "../../editors/index.ts";
import { assets } from "../ui/assets.ts";
import { words } from "./words.ts";

const PLACES = {
  overview: "/admin",
  articles: "/admin/articles",
  corrections: "/admin/corrections",
  sources: "/admin/sources",
  reviews: "/admin/reviews",
} as const;
export type Place = keyof typeof PLACES;

interface DeskPageProps {
  ctx: Context;
  editor: Editor;
  place: Place;
  title: string;
  /** Whether the page changes by itself where scripts run. */
  live?: boolean;
  children: Child;
}

/** A page of the desk: where one is, who one is, and the content. Works without scripts, and has none unless it is live. */
export function DeskPage({ ctx, editor, place, title, live = false, children }: DeskPageProps) {
  return (
    <Sheet ctx={ctx} title={title} head={live && <script src={assets().deskScript.path} defer />}>
      <div class="desk-frame">
        <header class="desk-bar">
          <DeskName ctx={ctx} />
          <nav class="desk-nav" aria-label={words.desk}>
            <ul>
              {Object.entries(PLACES).map(([name, path]) => (
                <li>
                  <a href={path} {...(name === place ? { "aria-current": "page" as const } : {})}>
                    {words.nav[name as Place]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <form class="desk-who" method="post" action="/admin/sign-out">
            <span>{words.signedInAs(editor.name, editor.role)}</span>{" "}
            <button type="submit" class="text-button">
              {words.signOut}
            </button>
          </form>
        </header>
        <main class="desk-main" id="content" tabindex={-1}>
          {children}
        </main>
      </div>
    </Sheet>
  );
}

function DeskName({ ctx }: { ctx: Context }) {
  return (
    <a class="desk-name" href="/admin">
      {ctx.config.site.name}
      <span>{words.desk}</span>
    </a>
  );
}

/** A page for someone who is not, or no longer, signed in. */
export function LonePage({
  ctx,
  title,
  head,
  children,
}: {
  ctx: Context;
  title: string;
  head?: Child;
  children: Child;
}) {
  return (
    <Sheet ctx={ctx} title={title} head={head}>
      <main class="alone" id="content" tabindex={-1}>
        <p class="crumbs">
          {ctx.config.site.name} · {words.desk}
        </p>
        <div class="card stack">{children}</div>
      </main>
    </Sheet>
  );
}

function Sheet({ ctx, title, head, children }: { ctx: Context; title: string; head?: Child; children: Child }) {
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="robots" content="noindex" />
          <title>{`${title} · ${ctx.config.site.name} ${words.desk}`}</title>
          {head}
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href={assets().stylesheet.path} />
          <link rel="stylesheet" href={assets().desk.path} />
        </head>
        <body class="desk">
          <a class="skip" href="#content">
            {words.skip}
          </a>
          {children}
        </body>
      </html>
    </>
  );
}
