import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { Context } from "../../context.ts";
import { LOCALES, type Locale } from "../../subscribers/words.ts";
import { assets } from "./assets.ts";
import { type Messages, messagesFor } from "./messages/index.ts";

/** What every page knows: whose site it is, and in which language it speaks. */
export interface Frame {
  siteName: string;
  siteUrl: string;
  publicUrl: string;
  address: string;
  disclaimer: string;
  crisisLine: string;
  /** Whether mail is kept here instead of sent, so that the mailbox is offered. */
  captures: boolean;
  locale: Locale;
  messages: Messages;
}

export function frameOf(ctx: Context, locale: Locale): Frame {
  const { site, publicUrl } = ctx.config;
  return {
    siteName: site.name,
    siteUrl: site.url,
    publicUrl,
    address: site.address,
    disclaimer: site.disclaimer,
    crisisLine: site.crisisLine,
    captures: ctx.mailer.driver === "capture",
    locale,
    messages: messagesFor(locale),
  };
}

interface PageProps {
  frame: Frame;
  title: string;
  children: Child;
  /** Pages that only their reader may see are kept out of search engines, and offer no way to lose the token. */
  personal?: boolean;
  wide?: boolean;
  description?: string;
  /** Path of the page itself, for search engines and for the other languages; none for personal pages. */
  path?: string;
  /** What else the address of this view carries, as `from=1&to=3`: one of many views, so that search engines keep out. */
  query?: string;
  feed?: boolean;
}

/** The sheet that every page is written on, the same as that of the mails: wordmark, one card, footer. */
export function Page({ frame, title, children, personal, wide, description, path, query = "", feed }: PageProps) {
  const { messages, siteName } = frame;
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang={frame.locale} dir={messages.dir}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title === siteName ? title : `${title} · ${siteName}`}</title>
          {description !== undefined && <meta name="description" content={description} />}
          {(personal === true || query !== "") && <meta name="robots" content="noindex" />}
          {path !== undefined && query === "" && <Alternates frame={frame} path={path} />}
          {feed === true && <link rel="alternate" type="application/atom+xml" title={siteName} href="/archive.xml" />}
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href={assets().stylesheet.path} />
          <script defer src={assets().script.path} />
        </head>
        <body>
          <a class="skip" href="#content">
            {messages.frame.skip}
          </a>
          <div class={wide ? "column wide" : "column"}>
            <Masthead frame={frame} />
            <main id="content" tabindex={-1}>
              {children}
            </main>
            <Foot frame={frame} path={path} query={query} />
          </div>
        </body>
      </html>
    </>
  );
}

/** A page's address in a language; the first language has the bare path. */
export function localised(path: string, locale: Locale): string {
  return locale === LOCALES[0] ? path : inLanguage(path, locale);
}

function inLanguage(path: string, locale: Locale): string {
  const [page = "", anchor] = path.split("#");
  return `${page}${page.includes("?") ? "&" : "?"}lang=${locale}${anchor === undefined ? "" : `#${anchor}`}`;
}

function Alternates({ frame, path }: { frame: Frame; path: string }) {
  return (
    <>
      <link rel="canonical" href={`${frame.publicUrl}${localised(path, frame.locale)}`} />
      {LOCALES.map((locale) => (
        <link rel="alternate" hreflang={locale} href={`${frame.publicUrl}${path}?lang=${locale}`} />
      ))}
    </>
  );
}

function Masthead({ frame }: { frame: Frame }) {
  const words = frame.messages.frame;
  return (
    <header class="masthead">
      <a class="wordmark" href={localised("/", frame.locale)}>
        {frame.siteName}
      </a>
      <nav aria-label={frame.siteName}>
        <a href={localised("/archive", frame.locale)}>{words.earlier}</a>
        {frame.captures && <a href="/mailbox">{words.mailbox}</a>}
      </nav>
    </header>
  );
}

function Foot({ frame, path, query }: { frame: Frame; path: string | undefined; query: string }) {
  return (
    <footer class="foot">
      {path !== undefined && <Languages frame={frame} path={query === "" ? path : `${path}?${query}`} />}
      <p>
        {frame.disclaimer} {frame.crisisLine}
      </p>
      <p>
        {frame.siteName} · {frame.address}
      </p>
    </footer>
  );
}

function Languages({ frame, path }: { frame: Frame; path: string }) {
  return (
    <nav class="foot-links" aria-label={frame.messages.frame.language}>
      {LOCALES.filter((locale) => locale !== frame.locale).map((locale) => (
        <a href={inLanguage(path, locale)} lang={locale} hreflang={locale}>
          {messagesFor(locale).name}
        </a>
      ))}
    </nav>
  );
}
