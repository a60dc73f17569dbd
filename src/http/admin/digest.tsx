import type { Hono } from "hono";
import type { Context } from "../../context.ts";
import { warmUpToday } from "../../delivery/index.ts";
import {
  audienceReport,
  cancelDigest,
  getDigest,
  pauseDigest,
  resumeDigest,
  retryDigest,
} from "../../digests/index.ts";
import { followDigests } from "../follow-digests.ts";
import { toldOf } from "./digest-figures.ts";
import { CancelPage, DigestPage } from "./digest-page.tsx";
import { type DeskEnv, newDoor } from "./env.ts";

const ACTS = {
  pause: { verb: pauseDigest, said: "paused" },
  resume: { verb: resumeDigest, said: "resumed" },
  cancel: { verb: cancelDigest, said: "cancelled" },
  retry: { verb: retryDigest, said: "retried" },
} as const;

/** One digest: how it stands, who gets it, and the buttons that steer it. */
export function digestPages(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  const follow = followDigests(ctx, toldOf);
  pages.get("/digests/:id", async (c) => {
    const digest = await getDigest(ctx, c.req.param("id"));
    const audience = await audienceReport(ctx, digest.id);
    const props = { ctx, editor: c.get("editor"), digest, audience, warmUp: await warmUpToday(ctx) };
    return c.html(<DigestPage {...props} said={c.req.query("said")} />);
  });
  pages.get("/digests/:id/progress", (c) => follow(c, c.req.param("id")));
  pages.get("/digests/:id/cancel", async (c) => {
    const digest = await getDigest(ctx, c.req.param("id"));
    return c.html(<CancelPage ctx={ctx} editor={c.get("editor")} digest={digest} />);
  });
  for (const [act, { verb, said }] of Object.entries(ACTS)) {
    pages.post(`/digests/:id/${act}`, async (c) => {
      const id = c.req.param("id") ?? "";
      await verb(ctx, id);
      return c.redirect(`/admin/digests/${encodeURIComponent(id)}?said=${said}`, 303);
    });
  }
  return pages;
}
