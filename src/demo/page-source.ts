import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, extname, join, resolve, sep } from "node:path";
import { decodePage, extract, type FetchPage } from "../articles/index.ts";
import { InvalidError, NotFoundError } from "../errors.ts";

/** The origin that a page from a file stands on when it names none itself. */
const MADE_UP = "https://site.example";
/** How much of a file's path becomes the page's path: enough to be told apart, no more of the machine than that. */
const KEPT_FOLDERS = 3;

/** A page as it was handed to the demo. */
export interface PageSource {
  html: string;
  /** Where it was fetched from; null for a file. */
  url: string | null;
  /** The path of a file. */
  file: string | null;
}

/** Reads a page from a file or the web. Throws `NotFoundError` for a file that is not there, and as `FetchPage` does. */
export async function readPage(source: string, fetchPage: FetchPage): Promise<PageSource> {
  if (isWebAddress(source)) {
    const { body, url } = await fetchPage(source);
    return { html: body, url, file: null };
  }
  return readPageFile(source);
}

function isWebAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** The origin of the site that a page belongs to, before anything is fetched. */
export async function siteOrigin(source: string): Promise<string> {
  return new URL(isWebAddress(source) ? source : articleAddress(await readPageFile(source))).origin;
}

async function readPageFile(source: string): Promise<PageSource> {
  const file = resolve(source);
  if (!existsSync(file)) throw new NotFoundError(`There is no file ${source}.`);
  return { html: decodePage(await readFile(file), ""), url: null, file };
}

/** Where the page stands: where it was fetched from, else where it says itself, else a made-up address by its path. */
export function articleAddress({ html, url, file }: PageSource): string {
  return url ?? ownAddress(html) ?? addressOfFile(file ?? "");
}

function ownAddress(html: string): string | null {
  try {
    return extract(html, null).article.url;
  } catch (error) {
    if (error instanceof InvalidError) return null;
    throw error;
  }
}

/** A folder with an `index.html` is one page, whatever the states of it in that folder are called. */
function addressOfFile(file: string): string {
  const own = join(dirname(file), basename(file, extname(file)));
  const page = existsSync(join(dirname(file), "index.html")) ? dirname(file) : own;
  const segments = page.split(sep).filter(Boolean).slice(-KEPT_FOLDERS);
  return `${MADE_UP}/${segments.map(encodeURIComponent).join("/")}`;
}
