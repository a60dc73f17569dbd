import type { Hono } from "hono";
import { compress } from "hono/compress";
import { csrf } from "hono/csrf";
import type { Context } from "../../context.ts";
import { atMost } from "../api/body.ts";
import { isOwnOrigin } from "../security.ts";
import { alertPages } from "./alerts.tsx";
import { articlePages } from "./article.tsx";
import { articleListPage } from "./article-list.tsx";
import { correctPages } from "./correct.tsx";
import { correctionPages } from "./corrections.tsx";
import { digestPages } from "./digest.tsx";
import { type DeskEnv, newDoor } from "./env.ts";
import { overviewPage } from "./overview.tsx";
import { reviewPage } from "./reviews.tsx";
import { requireSession } from "./session.tsx";
import { signInPages } from "./sign-in.tsx";
import { sourcePages } from "./sources.tsx";
import { unknownPages } from "./unknown.tsx";

const MAX_KB = 100;

/** The editors' door, mounted at `/admin`: pages over the same verbs as the API. */
export function createDesk(ctx: Context): Hono<DeskEnv> {
  const desk = newDoor();
  desk.use(compress());
  desk.use(atMost(MAX_KB));
  // The cookie is Strict already; a browser without that still says where a form comes from.
  desk.use(csrf({ origin: (origin, c) => isOwnOrigin(origin, c, ctx) }));
  desk.route("/", signInPages(ctx));
  desk.use(requireSession(ctx));
  const doors = [
    overviewPage,
    digestPages,
    articleListPage,
    articlePages,
    correctPages,
    correctionPages,
    sourcePages,
    reviewPage,
    alertPages,
    unknownPages,
  ];
  for (const door of doors) desk.route("/", door(ctx));
  return desk;
}
