import type { Config } from "../../config.ts";
import type { Edition } from "./editions.tsx";

/** Sent editions as an Atom feed (RFC 4287), newest first. Ids are made of the editions' own, so they outlive a move. */
export function atomFeed({ site, publicUrl }: Config, editions: Edition[]): string {
  const updated = new Date(editions[0]?.sentAt ?? 0).toISOString();
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${text(publicUrl)}/archive.xml</id>
  <title>${text(site.name)}</title>
  <updated>${updated}</updated>
  <author><name>${text(site.name)}</name></author>
  <link rel="self" type="application/atom+xml" href="${text(publicUrl)}/archive.xml"/>
  <link rel="alternate" type="text/html" href="${text(publicUrl)}/archive"/>
${editions.map((edition) => entry(publicUrl, edition)).join("")}</feed>
`;
}

function entry(publicUrl: string, { uid, subject, sentAt }: Edition): string {
  return `  <entry>
    <id>urn:uuid:${uid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")}</id>
    <title>${text(subject)}</title>
    <updated>${new Date(sentAt).toISOString()}</updated>
    <link rel="alternate" type="text/html" href="${text(publicUrl)}/archive/${uid}"/>
    <summary>${text(subject)}</summary>
  </entry>
`;
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Escaped, and without the characters that XML 1.0 cannot hold. */
function text(value: string): string {
  return value
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (one) => ESCAPES[one] ?? one);
}
