import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context } from "../context.ts";
import { toEml } from "../mail/eml.ts";
import { mailsOf } from "./mailbox.ts";

/** What the demo sends, in order. */
const NAMES = ["confirmation", "welcome", "digest"];

/** Writes every message as it travels, its HTML and its plain text into the folder, numbered in the order of sending. */
export async function saveMails(ctx: Context, folder: string): Promise<{ lines: string[] }> {
  await mkdir(folder, { recursive: true });
  const lines: string[] = [];
  for (const [place, { message, capturedAt }] of (await mailsOf(ctx)).entries()) {
    const name = join(folder, `${place + 1}-${NAMES[place] ?? "mail"}`);
    await writeFile(`${name}.eml`, await toEml(message, { date: capturedAt }));
    await writeFile(`${name}.html`, message.html);
    await writeFile(`${name}.txt`, message.text);
    lines.push(`${name}.eml, .html, .txt: ${message.subject}`);
  }
  return { lines };
}
