/** Files that are sent as pages, by how they begin (WHATWG MIME Sniffing). */
const OTHER_FILES: [RegExp, string][] = [
  [/^%PDF-/, "a PDF file"],
  [
    /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:rss|feed|rdf:RDF)\b/i,
    "a feed; its entries link to the pages",
  ],
  [/^(?:<\?xml[^>]{0,200}\?>\s*)?<(?:urlset|sitemapindex)\b/i, "a site map"],
  [/^(?:\{\s*"|\[\s*[{"[\d])/, "JSON"],
];

/** What the file is instead of a page, or null. */
export function otherFile(text: string): string | null {
  const start = text.slice(0, 1_000).trimStart();
  const known = OTHER_FILES.find(([pattern]) => pattern.test(start))?.[1];
  return known ?? (isBinary(start) ? "no text, or text in another charset than it says" : null);
}

/** Whether a tenth of the text is what no text holds. */
function isBinary(start: string): boolean {
  const odd = start.match(/[^\P{Cc}\s]|\ufffd/gu) ?? [];
  return odd.length * 10 > start.length;
}

const LONGEST = 250;
/** Titles of what a site shows instead of an article, whatever stands under them. */
const NOTICES: [RegExp, string][] = [
  [
    /^(?:(?:error|http)\s*:?\s*)?(?:40[0134]|410|429|50[0234])(?:\s*[:|–—-]?\s*\p{L}[\p{L}' ]{0,40})?$/iu,
    "an error page",
  ],
  [
    /^(?:oops|sorry|uh[- ]?oh)?[\s,.!:;–—-]*(?:(?:the|this|that|your)\s+)?(?:requested\s+)?(?:page|article|content|url)\s+(?:was|is|could|can|you|cannot|can't|no\s+longer|not|does|doesn't|has\s+been\s+removed).{0,80}$/i,
    "an error page",
  ],
  [
    /^(?:oops|sorry)?[\s,.!:;–—-]*(?:we|i)\s+(?:can't|cannot|can not|couldn't|could not)\s+find\b.{0,60}$/i,
    "an error page",
  ],
  [
    /^(?:not found|access denied|forbidden|unauthorized|service unavailable|internal server error|bad gateway|something went wrong|an error (?:has )?occurred|página no encontrada|seite nicht gefunden|page introuvable)[.!]?$/i,
    "an error page",
  ],
  [
    /^(?:please\s+)?(?:log ?in|sign ?in|sign up|register|create (?:an|your) account|members? only|iniciar sesión)\b.{0,60}$/i,
    "a request to sign in",
  ],
  [
    /^(?:just a moment|one moment|checking your browser|attention required|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|security check)\b.{0,60}$/i,
    "a check for robots",
  ],
  [
    /^(?:redirecting|moved permanently|object moved|(?:301|302|307|308)\b.{0,40}|you are being redirected)\W{0,3}$/i,
    "a redirect",
  ],
  [
    /^(?:search(?: results)?(?: (?:for|page)\b.{0,200})?|\d+ results? for .{1,200}|results for .{1,200}|resultados de búsqueda.{0,200})$/i,
    "a list of search results",
  ],
  [
    /^(?:under maintenance|down for maintenance|maintenance mode|coming soon|be right back|we'll be (?:right )?back.{0,40})[.!]?$/i,
    "a notice of maintenance",
  ],
];

/** What a page of these titles is instead of an article, or null. A site's name after a bar does not count. */
export function otherPage(titles: string[]): string | null {
  const plain = titles
    .flatMap((title) => [title, title.split(/\s[|·»–—-]\s/)[0] ?? ""])
    .map((title) => title.replaceAll("’", "'").trim());
  const short = plain.filter((title) => title.length <= LONGEST);
  return NOTICES.find(([pattern]) => short.some((title) => pattern.test(title)))?.[1] ?? null;
}
