import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { every, except } from "hono/combine";
import { compress } from "hono/compress";
import { HTTPException } from "hono/http-exception";
import type { Context } from "../../context.ts";
import { isForPrograms } from "../problem.ts";
import { refuseForeignForms } from "../security.ts";
import { archivePages } from "./archive.tsx";
import { assetFiles } from "./assets.ts";
import { changesPages } from "./changes.tsx";
import { confirmPages } from "./confirm.tsx";
import { embedFile } from "./embed.ts";
import { homePage } from "./home.tsx";
import { leavePages } from "./leave.tsx";
import { notMePages } from "./not-me.tsx";
import { preferencesPages } from "./preferences.tsx";
import { subscribePages } from "./subscribe.tsx";

const MAX_FORM_BYTES = 100 * 1024;

/** The readers' door: pages that work without JavaScript, and the form for the publisher's own site. */
export function createReaderPages(ctx: Context): Hono {
  const pages = new Hono();
  pages.use(except((c) => isForPrograms(c.req.path), every(compress(), limitForms())));
  // A mailbox provider's one-click POST names no origin and no site (RFC 8058, 3.1), so leaving is not guarded.
  pages.use(
    except((c) => isForPrograms(c.req.path) || c.req.path.startsWith("/unsubscribe/"), refuseForeignForms(ctx)),
  );
  const doors = [
    homePage,
    subscribePages,
    confirmPages,
    notMePages,
    leavePages,
    preferencesPages,
    archivePages,
    changesPages,
    embedFile,
    assetFiles,
  ];
  for (const door of doors) pages.route("/", door(ctx));
  return pages;
}

function limitForms() {
  return bodyLimit({
    maxSize: MAX_FORM_BYTES,
    onError: () => {
      throw new HTTPException(413, { message: "The form is larger than 100 kB." });
    },
  });
}
