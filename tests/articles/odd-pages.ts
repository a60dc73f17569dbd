import { readdirSync, readFileSync } from "node:fs";
import { type Extraction, extract } from "../../src/articles/index.ts";
import { decodePage } from "../../src/articles/reading/decode-page.ts";
import { InvalidError } from "../../src/errors.ts";

const FOLDER = new URL("../fixtures/odd-pages/", import.meta.url);
const ADDRESS = "https://calm.example/walks";

/** What is read off an odd page; `warnings` are the fields they speak of. */
export interface Found {
  title: string;
  publishedOn: string | null;
  updatedOn: string | null;
  reviewedOn: string | null;
  reviewers: string[];
  references: string[];
  headings: string[];
  warnings: string[];
}

/** A page's answer: what was found, or the reason why it is refused. */
export type Answer = { found: Found } | { refused: string };

/** Reads a page of the corpus, or one that is made because it is too large to keep. */
export function readOddPage(name: string): Answer {
  const made = MADE[name];
  return answerTo(made ? made.html() : decodePage(bytesOf(name), TYPES[name] ?? "text/html"));
}

/** Throws whatever is not a refusal. */
export function answerTo(html: string): Answer {
  try {
    return { found: toFound(extract(html, ADDRESS)) };
  } catch (error) {
    if (error instanceof InvalidError) return { refused: error.message };
    throw error;
  }
}

function toFound({ article, warnings }: Extraction): Found {
  const { title, publishedOn, updatedOn, reviewedOn, reviewers, references, sections } = article;
  const dates = { publishedOn, updatedOn, reviewedOn };
  const headings = sections.map(({ heading }) => heading);
  return { title, ...dates, reviewers, references, headings, warnings: warnings.map(({ field }) => field) };
}

export function oddPageNames(): string[] {
  return readdirSync(FOLDER).sort();
}

export function bytesOf(name: string): Uint8Array {
  return readFileSync(new URL(name, FOLDER));
}

/** What the server says of the page, where that matters. */
const TYPES: Record<string, string> = {
  "latin-1-named-utf-8.html": "text/html; charset=utf-8",
  "utf-8-bom-lying-meta.html": "text/html; charset=iso-8859-1",
};

/** Where nothing else is said: the corpus is variations of one short page. */
const PLAIN: Found = {
  title: "Morning walks",
  publishedOn: "2024-05-03",
  updatedOn: null,
  reviewedOn: null,
  reviewers: [],
  references: [],
  headings: ["", "How to begin", "What it costs"],
  warnings: [],
};
const UNDATED = { publishedOn: null, warnings: ["publishedOn"] };
const CAFE = { title: "Café walks", headings: ["", "Señor Ruíz"] };
const SOURCES = ["A trial of walks, 2019", "A guide to walks"];

type Expected = { found: Found } | { refused: RegExp };
const found = (differs: Partial<Found> = {}): Expected => ({ found: { ...PLAIN, ...differs } });
const refused = (reason: RegExp): Expected => ({ refused: reason });

/** Every file of the corpus, and what it must be answered with. */
export const EXPECTED: Record<string, Expected> = {
  // Broken markup.
  "unclosed-tags.html": found({ reviewedOn: "2025-06-01", headings: ["How to begin", "What it costs"] }),
  "unclosed-title.html": refused(/only a page title/),
  "crossed-tags.html": found({ reviewedOn: "2025-06-01" }),
  "tags-in-attributes.html": found(),
  "comment-never-closed.html": found(),
  "plain-text.html": refused(/no heading/),
  "only-heading.html": refused(/no body text/),
  "empty.html": refused(/empty/),
  "white-space.html": refused(/empty/),
  "only-script.html": refused(/no heading/),
  "script-shell.html": refused(/only a page title .*script/),
  "script-with-body-in-json-ld.html": found({ headings: [""] }),

  // Charsets.
  "windows-1252-named.html": found(CAFE),
  "windows-1252-unnamed.html": found(CAFE),
  "latin-1-named-utf-8.html": found(CAFE),
  "utf-8-named-latin-1-by-its-meta.html": found(CAFE),
  "utf-8-bom-lying-meta.html": found(CAFE),
  "utf-16-bom.html": found(CAFE),
  "utf-16-without-bom.html": refused(/another charset/),
  "unknown-charset.html": found(CAFE),
  "broken-bytes.html": found({ warnings: ["text"] }),
  "null-bytes.html": found(),

  // Characters.
  "right-to-left-override.html": found(),
  "zalgo.html": found({
    headings: [
      "",
      "H\u0300\u0301\u0302\u0303\u0304o\u0305\u0306\u0307w\u0308\u0309\u030a to begin",
      "What it costs",
    ].map((heading) => heading.normalize("NFC")),
  }),
  "emoji-headings.html": found({ headings: ["", "🚶‍♀️ How to begin 🌅", "💰"] }),

  // Hostile.
  "hostile-script.html": found(),
  "hostile-canonical.html": found(),
  "prototype-json-ld.html": found(),
  "circular-json-ld.html": found({ publishedOn: null, reviewedOn: "2025-06-01" }),
  "entity-bomb.html": found(),
  "entity-bomb-in-svg.html": found(),
  "external-entity.html": found(),

  // Other files.
  "png.html": refused(/no text/),
  "pdf.html": refused(/PDF/),
  "json.html": refused(/JSON/),
  "rss.html": refused(/feed/),
  "atom.html": refused(/feed/),
  "sitemap.html": refused(/site map/),

  // Pages that are no article.
  "redirect-stub.html": refused(/redirect/),
  "login-wall.html": refused(/sign in/),
  "soft-404.html": refused(/error page/),
  "robot-check.html": refused(/robots/),
  "search-results.html": refused(/search results/),
  "article-list.html": refused(/list of other pages/),
  "link-list.html": refused(/list of other pages/),
  "frameset.html": refused(/only a page title/),
  "image-only.html": refused(/no body text/),

  // Days.
  "no-dates.html": found(UNDATED),
  "dates-in-words.html": found({ reviewedOn: "2025-06-01" }),
  "dates-relative.html": found({ publishedOn: null, warnings: ["publishedOn", "updatedOn"] }),
  "dates-ambiguous.html": found({
    publishedOn: null,
    updatedOn: "2025-03-14",
    warnings: ["publishedOn", "reviewedOn"],
  }),
  "dates-impossible.html": found({ publishedOn: null, warnings: ["publishedOn", "updatedOn", "reviewedOn"] }),
  "dates-unlabelled.html": found(UNDATED),
  "dates-contradicting.html": found({ warnings: ["publishedOn", "reviewedOn"] }),
  "dates-near-midnight.html": found({ updatedOn: "2024-12-31", reviewedOn: "2025-06-01" }),
  "dates-month-alone.html": found({ publishedOn: "2024-05", reviewedOn: "2025-06" }),
  "dates-next-review.html": found({ publishedOn: null, reviewedOn: "2025-06-01" }),
  "dates-of-others.html": found(UNDATED),
  "dates-in-prose.html": found(UNDATED),

  // Shapes.
  "json-ld-trailing-commas.html": found({
    reviewedOn: "2025-06-01",
    reviewers: ["Ana Ruiz, MD", "Walking Board"],
  }),
  "json-ld-as-entities.html": found(),
  "json-ld-broken.html": found({ publishedOn: "2024-05-04", warnings: ["json-ld"] }),
  "json-ld-linked-by-id.html": found({ reviewedOn: "2025-06-01", reviewers: ["Ana Ruiz", "Walking Board"] }),
  "microdata-of-a-teaser.html": found(UNDATED),
  "body-twice.html": found(),
  "furniture.html": found(),
  "folds.html": found({ references: ["A trial of walks Journal, 2019", "A guide to walks"] }),
  "footnotes.html": found({ references: SOURCES }),
};

const DATED = "<h1>Morning walks</h1><p>Published: May 3, 2024</p>";
const many = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => piece(at)).join("");
const ld = (json: string) => `<script type="application/ld+json">${json}</script>`;
const NO_ARTICLE = /There is no article in this page/;

/** Pages that are built to exhaust whoever reads them. `refused` is null where an article is found. */
export const MADE: Record<string, { html: () => string; refused: RegExp | null }> = {
  "more than 5 MB": { html: () => `${DATED}<p>${"walk ".repeat(1_100_000)}`, refused: /larger than 5 MB/ },
  "a paragraph of 5 MB": { html: () => `${DATED}<p>${"walk ".repeat(990_000)}`, refused: null },
  "a word of a million characters": { html: () => `${DATED}<p>${"a".repeat(1_000_000)}`, refused: null },
  "a million spaces": { html: () => `${DATED}<p>a${" ".repeat(1_000_000)}b`, refused: /no body text/ },
  "200,000 nested elements": { html: () => "<div>".repeat(200_000), refused: /deep/ },
  "900 nested elements, again and again": {
    html: () => DATED + `${"<div>".repeat(900)}walk${"</div>".repeat(900)}`.repeat(100),
    refused: null,
  },
  "300,000 elements": { html: () => DATED + "<b>a</b>".repeat(300_000), refused: /more than 200000 elements/ },
  "100,000 attributes": { html: () => `${DATED}<p ${many(100_000, (at) => `a${at}=1 `)}>a`, refused: /no body text/ },
  "50,000 headings": { html: () => DATED + many(50_000, (at) => `<h2>Part ${at}</h2><p>Text ${at}`), refused: null },
  "50,000 times the same heading": {
    html: () => DATED + "<h2>Part</h2><p>The same".repeat(50_000),
    refused: NO_ARTICLE,
  },
  "100,000 labels": {
    html: () => `<h1>Walks</h1>${"<p>Published: May 3, 2024</p>".repeat(90_000)}`,
    refused: NO_ARTICLE,
  },
  "100,000 lines of reviewers": {
    html: () => `<h1>Walks</h1>${many(90_000, (at) => `<p>Reviewed by Ana R${at}`)}`,
    refused: NO_ARTICLE,
  },
  "a list of 100,000 references": {
    html: () => `${DATED}<h2>References</h2><ol>${many(90_000, (at) => `<li>r ${at}`)}`,
    refused: NO_ARTICLE,
  },
  "100,000 properties of microdata": {
    html: () =>
      `<div itemscope itemtype="https://schema.org/Article">${DATED}${"<i itemprop=keywords>a</i>".repeat(90_000)}`,
    refused: null,
  },
  "JSON-LD of 100,000 nodes": {
    html: () => DATED + ld(`[${many(100_000, (at) => `${at ? "," : ""}{"@type":"Article","@id":"#${at}"}`)}]`),
    refused: NO_ARTICLE,
  },
  "JSON-LD a million deep": {
    html: () => DATED + ld("[".repeat(1_000_000) + "]".repeat(1_000_000)),
    refused: NO_ARTICLE,
  },
  "JSON-LD with a million keywords": {
    html: () => DATED + ld(`{"@type":"Article","headline":"Walks","keywords":"${"a,".repeat(1_000_000)}"}`),
    refused: /no body text/,
  },
  "JSON-LD with an address of slashes": {
    html: () => DATED + ld(`{"@type":"Article","url":"https://calm.example${"/".repeat(1_000_000)}x"}`),
    refused: NO_ARTICLE,
  },
  "JSON-LD of comments that never end": { html: () => DATED + ld(`{${"/*".repeat(1_000_000)}`), refused: NO_ARTICLE },
  "JSON-LD of quotation marks": { html: () => DATED + ld('"'.repeat(1_000_001)), refused: NO_ARTICLE },
  "a title of separators": {
    html: () => `<title>${"a | ".repeat(1_000_000)}</title><p>${"walk ".repeat(100)}`,
    refused: NO_ARTICLE,
  },
  "a million angle brackets": { html: () => `${DATED}<p>${"<".repeat(1_000_000)}`, refused: null },
  "a million comments' beginnings": { html: () => `${DATED}<p>${"<!--".repeat(1_000_000)}`, refused: NO_ARTICLE },
  "a million ampersands": { html: () => `${DATED}<p>${"&".repeat(1_000_000)}`, refused: null },
  "a time of a million characters": {
    html: () => `${DATED}<p>Updated <time datetime="2024-05-04${" ".repeat(1_000_000)}x">now</time>`,
    refused: NO_ARTICLE,
  },
  "a class of a million names": { html: () => `${DATED}<p class="${"a ".repeat(1_000_000)}">a`, refused: NO_ARTICLE },
  "a style of a million spaces": {
    html: () => `${DATED}<p style="display${" ".repeat(1_000_000)}">a`,
    refused: NO_ARTICLE,
  },
  "hashes at a heading's end": {
    html: () => `${DATED}<h2>a${"# ".repeat(1_000_000)}b</h2><p>Text`,
    refused: NO_ARTICLE,
  },
};
