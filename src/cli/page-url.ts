import { basename, dirname, extname, resolve } from "node:path";

/**
 * Where a page file would stand on the site, when nobody says. A folder with an `index.html` is one page, and other
 * files in it are other states of it; any other file is a page of its own name.
 */
export function pageUrlOf(file: string, siteUrl: string, isFile: (path: string) => boolean): string {
  const path = resolve(file);
  const folder = dirname(path);
  const own = basename(path, extname(path));
  const name = isFile(`${folder}/index.html`) && basename(folder) !== "" ? basename(folder) : own;
  return `${siteUrl}/${encodeURIComponent(name)}`;
}
