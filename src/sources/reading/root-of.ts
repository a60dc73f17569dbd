/** The first element of a document, or `{` for JSON; null when there is neither. Linear in what stands before it. */
export function rootOf(text: string): { name: string; tag: string } | null {
  let at = 0;
  for (;;) {
    at = match(/\s*/y, text, at).end;
    const end = endOfProlog(text, at);
    if (end === null) break;
    at = end;
  }
  if (text[at] === "{") return { name: "{", tag: "{" };
  const tag = match(/<([A-Za-z_][\w.:-]{0,100})/y, text, at).found;
  if (tag === undefined) return null;
  return { name: (tag.split(":").at(-1) ?? tag).toLowerCase(), tag };
}

/** Where a declaration, comment or DOCTYPE that begins here ends; null when none does. */
function endOfProlog(text: string, at: number): number | null {
  const closer = text.startsWith("<?", at) ? "?>" : text.startsWith("<!--", at) ? "-->" : null;
  if (closer) {
    const end = text.indexOf(closer, at);
    return end === -1 ? null : end + closer.length;
  }
  const { end } = match(/<!doctype[^>[]*(?:\[[^\]]*\][^>]*)?>/iy, text, at);
  return end > at ? end : null;
}

function match(pattern: RegExp, text: string, at: number): { found: string | undefined; end: number } {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return { found: found?.[1], end: found ? pattern.lastIndex : at };
}

/** Whether the element that a document begins with is closed near its end: a document that broke off has no such end. */
export function isWhole(text: string, tag: string): boolean {
  if (tag === "{") return true;
  const name = tag.replaceAll(".", "\\.");
  return new RegExp(`</${name}\\s*>|<${name}(?:\\s[^<>]*)?/>`).test(text.slice(-NEAR_END));
}

/** Comments of caching plug-ins follow the last tag. */
const NEAR_END = 5_000;
