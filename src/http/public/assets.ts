import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { light } from "../../tokens.ts";
import { assets } from "../ui/assets.ts";

const FOR_GOOD = "public, max-age=31536000, immutable";

/** What pages load: style sheet and script under names that change with their content, and an icon. */
export function assetFiles(ctx: Context): Hono {
  const files = new Hono();
  for (const { path, body, contentType } of Object.values(assets())) {
    files.get(path, (c) => c.body(body, 200, { "Content-Type": contentType, "Cache-Control": FOR_GOOD }));
  }
  // Mails shown in the browser name no icon, so browsers ask for the customary one.
  files.on("GET", ["/assets/icon.svg", "/favicon.ico"], (c) =>
    c.body(icon(ctx.config.site.name), 200, {
      "Content-Type": "image/svg+xml",
      "Cache-Control": "public, max-age=86400",
    }),
  );
  files.get("/robots.txt", (c) =>
    c.text("User-agent: *\nDisallow: /admin\nDisallow: /mailbox\nDisallow: /preferences/\nDisallow: /confirm/\n"),
  );
  return files;
}

/** The first letter of the publication on its accent. */
function icon(name: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? "N";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${light.accent}"/><text x="16" y="23" font-family="Georgia,serif" font-size="20" font-weight="700" text-anchor="middle" fill="${light.onAccent}">${letter}</text></svg>`;
}
