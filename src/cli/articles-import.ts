import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { decodePage, importPage, takeIn } from "../articles/index.ts";
import { NotFoundError } from "../errors.ts";
import type { Command } from "./command.ts";
import { pageUrlOf } from "./page-url.ts";

export const importArticle: Command = {
  name: "articles import",
  args: ["FILE_OR_URL"],
  options: ["url", "backfill"],
  about: "take in a page (--backfill: tell nobody; --url: where a file stands)",
  async run({ args: [source = ""], options: { url, backfill = false }, open }) {
    const ctx = await open();
    const taken = /^https?:\/\//i.test(source)
      ? await importPage(ctx, { url: source, backfill })
      : await takeIn(ctx, {
          html: await readPage(source),
          url: url ?? pageUrlOf(source, ctx.config.site.url, isFile),
          backfill,
        });
    const { article, version, event, warnings } = taken;
    const happened = event === null ? "nothing that readers should hear of" : `${event.kind}, event ${event.seq}`;
    return {
      json: { article, version, warnings, event },
      lines: [
        `${article.title} (${article.slug}), version ${version}: ${happened}`,
        ...warnings.map(({ field, text }) => `  ${field}: ${text}`),
      ],
    };
  },
};

async function readPage(file: string): Promise<string> {
  if (!isFile(file)) throw new NotFoundError(`There is no file ${file}.`);
  return decodePage(await readFile(file), "");
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
