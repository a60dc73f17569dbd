import type { Correction } from "../../articles/index.ts";
import { fonts, light, shape, sizes, space } from "../../tokens.ts";
import { sayMoment } from "../ui/days.ts";
import { type Frame, localised } from "../ui/page.tsx";
import { correctionId } from "./changes/corrections.tsx";

/** What stands over an archived edition when something in it was corrected after it was sent; "" when nothing was. */
export function correctedBanner(frame: Frame, corrections: Correction[], timezone: string): string {
  if (corrections.length === 0) return "";
  const words = frame.messages.archive.corrected;
  const lines = corrections.map(({ seq, slug, title, correctedAt }) => {
    const said = words.since(title, sayMoment(correctedAt, frame.messages.tag, timezone));
    const path = localised(`/changes/${encodeURIComponent(slug)}#${correctionId(seq)}`, frame.locale);
    return `<p dir="auto" style="margin:${space.xs}px 0 0">${text(said)} <a href="${text(path)}" style="color:${light.correction}">${text(words.link)}</a></p>`;
  });
  return `<aside aria-label="${text(words.title)}" style="${STYLE}"><b style="color:${light.correction}">${text(words.title)}</b>${lines.join("")}</aside>`;
}

/** The colours of light: a mail's own dark mode does not reach it. */
const STYLE = [
  `margin:${space.lg}px auto`,
  "box-sizing:border-box",
  `max-width:${shape.mailWidth}px`,
  `padding:${space.md}px ${space.lg}px`,
  `border-left:3px solid ${light.correction}`,
  `background:${light.correctionWash}`,
  `color:${light.ink}`,
  `font:${sizes.label}px/1.5 ${fonts.text.replaceAll('"', "'")}`,
  "text-align:left",
  "overflow-wrap:anywhere",
].join(";");

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function text(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
