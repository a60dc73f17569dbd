import { describe, expect, it } from "vitest";
import { contentHash } from "../../src/articles/content-hash.ts";
import { extract, whatChanged } from "../../src/articles/index.ts";
import { ADDRESS, fixture, jsonLd, PROSE, read } from "./pages.ts";

const ARTICLE = '<meta property="og:type" content="article">';

describe("JSON-LD as systems leave it in a page", () => {
  const node = '"@type":"Article","datePublished":"2024-05-03"';
  it.each([
    ["a trailing comma", `{${node},}`],
    ["comments", `/* by hand */ {${node} // the day\n}`],
    ["a CDATA section", `//<![CDATA[\n{${node}}\n//]]>`],
    ["an HTML comment", `<!-- {${node}} -->`],
    ["a byte order mark", `\ufeff{${node}}`],
    ["a semicolon", `{${node}};`],
    ["a line break in a string", `{${node},"description":"one\ntwo"}`],
    ["one value after another", `{"@type":"Organization"}{${node}}`],
    ["quotation marks as entities", `{${node}}`.replaceAll('"', "&quot;")],
    ["prefixed names", `{"@type":"schema:Article","schema:datePublished":{"@type":"xsd:date","@value":"2024-05-03"}}`],
  ])("is read in spite of %s", (_, text) => {
    const { article, warnings } = read(jsonLd(text), "");
    expect(article.publishedOn).toBe("2024-05-03");
    expect(warnings).toEqual([]);
  });

  it.each([
    ["a string", "Ana Ruiz, MD", ["Ana Ruiz, MD"]],
    ["a string of two", "Ana Ruiz, MD, and Tom Berg, PhD", ["Ana Ruiz, MD", "Tom Berg, PhD"]],
    ["a person in parts", { "@type": "Person", givenName: "Ana", familyName: "Ruiz" }, ["Ana Ruiz"]],
    ["an organisation", { "@type": "Organization", legalName: "Sleep Board" }, ["Sleep Board"]],
    ["a list of lists", [["Ana Ruiz"], { name: "The Panel" }], ["Ana Ruiz", "Panel"]],
    ["an id", { "@id": "#tom" }, ["Tom Berg"]],
    ["an id as a string", "#tom", ["Tom Berg"]],
  ])("names reviewers as %s", (_, reviewedBy, expected) => {
    const tom = { "@type": "Person", "@id": "#tom", name: "Tom Berg" };
    const page = { "@type": "MedicalWebPage", lastReviewed: "2025-06-01", reviewedBy };
    expect(read(jsonLd({ "@graph": [tom, page] }), "").article.reviewers).toEqual(expected);
  });

  it("names no reviewer by an address, and says so", () => {
    const page = { "@type": "MedicalWebPage", lastReviewed: "2025-06-01", reviewedBy: "https://calm.example/ana" };
    const { article, warnings } = read(jsonLd(page), "");
    expect(article.reviewers).toEqual([]);
    expect(warnings.map(({ field }) => field)).toEqual(["reviewers"]);
  });

  it("speaks of the page from inside another node when it names the page's address", () => {
    const page = { "@type": "MedicalWebPage", url: ADDRESS, lastReviewed: "2025-06-01", reviewedBy: "Ana Ruiz" };
    const graph = [
      { "@type": "Article", headline: "Other words than the heading's", datePublished: "2024-05-03", isPartOf: page },
      {
        "@type": "WebPage",
        relatedLink: { "@type": "Article", url: "https://calm.example/tea", datePublished: "2019-01-01" },
      },
    ];
    expect(read(jsonLd(graph), "").article).toMatchObject({
      publishedOn: "2024-05-03",
      reviewedOn: "2025-06-01",
      reviewers: ["Ana Ruiz"],
    });
  });

  it("without addresses is this page's when it carries its heading", () => {
    const nodes = [
      { "@type": "Article", headline: "Evening tea", datePublished: "2019-01-01" },
      { "@type": "Article", headline: "Lamps", datePublished: "2024-05-03" },
    ];
    expect(read(jsonLd(nodes), "").article).toMatchObject({ title: "Lamps", publishedOn: "2024-05-03" });
  });
});

describe("microdata", () => {
  const item = (type: string, inner: string) => `<div itemscope itemtype="https://schema.org/${type}">${inner}</div>`;
  const teaser = item(
    "Article",
    '<a itemprop="headline" href="/tea">Tea</a><meta itemprop="datePublished" content="2019-01-01">',
  );

  it("of a teaser is not taken for the article's", () => {
    const own = item("Article", `<h1>Lamps</h1><meta itemprop="datePublished" content="2024-05-03">${PROSE}`);
    const page = (html: string) => extract(`<html><head>${ARTICLE}</head><body>${html}</body></html>`, ADDRESS).article;
    expect(page(`${teaser}${own}`).publishedOn).toBe("2024-05-03");
    expect(page(`<h1>Lamps</h1>${PROSE}${teaser}`).publishedOn).toBeNull();
  });

  it("is read of an article inside a page, without the items inside them", () => {
    const author = '<span itemprop="author" itemscope><meta itemprop="datePublished" content="1999-01-01"></span>';
    const inner = item(
      "Article",
      `<h1>Lamps</h1><meta itemprop="datePublished" content="2024-05-03">${author}${PROSE}`,
    );
    const html = item("WebPage", `<meta itemprop="lastReviewed" content="2025-06-01">${inner}`);
    expect(extract(html, ADDRESS).article).toMatchObject({ publishedOn: "2024-05-03", reviewedOn: "2025-06-01" });
  });

  it("in the head of the page is read like its meta tags", () => {
    expect(read('<meta itemprop="datePublished" content="2024-05-03">', "").article.publishedOn).toBe("2024-05-03");
  });
});

describe("visible labels in many wordings", () => {
  const by = (...reviewers: string[]) => ({ reviewers });
  it.each([
    ["Published the 15th of January, 2024", { publishedOn: "2024-01-15" }],
    ["Published Mon 15 Jan 2024 09.00 GMT", { publishedOn: "2024-01-15" }],
    ["Published: 15-Jan-2024", { publishedOn: "2024-01-15" }],
    ["Published 3/14/2025", { publishedOn: "2025-03-14" }],
    ["Published: January 15, 2024 (updated January 20, 2024)", { publishedOn: "2024-01-15", updatedOn: "2024-01-20" }],
    ["Published <time datetime='2024-01-15T23:30:00-08:00'>yesterday</time>", { publishedOn: "2024-01-15" }],
    ["Updated Jan. 9, 2026", { updatedOn: "2026-01-09" }],
    ["This page was last reviewed on February 9, 2024.", { reviewedOn: "2024-02-09" }],
    ["Last full review/revision February 2024", { reviewedOn: "2024-02", updatedOn: "2024-02" }],
    ["Last Medical Review: January 9, 2026", { reviewedOn: "2026-01-09" }],
    ["Reviewed by: Dr. Ana Ruiz – 9 January 2026", { ...by("Dr. Ana Ruiz"), reviewedOn: "2026-01-09" }],
    ["Revisado por Ana Ruiz el 15 de enero de 2024", { ...by("Ana Ruiz"), reviewedOn: "2024-01-15" }],
    [
      "Medically reviewed by Ana Ruiz, MD — By Jo Doe — Updated on 9 May 2024",
      { ...by("Ana Ruiz, MD"), updatedOn: "2024-05-09" },
    ],
    [
      "Medically reviewed by <a>Ana Ruiz, Ph.D.</a><i>, Psychology</i> — <i>By</i> <a>Jo</a> — Updated 2024-05-09",
      by("Ana Ruiz, Ph.D."),
    ],
    [
      "Medically Reviewed by <a>Ana Ruiz, MD</a> on <i>Jan. 9, 2026</i> Written by <a>Jo</a>",
      { ...by("Ana Ruiz, MD"), reviewedOn: "2026-01-09" },
    ],
    ["Medical Reviewers: Ana Ruiz, MD; Tom Berg, PhD", by("Ana Ruiz, MD", "Tom Berg, PhD")],
    ["Reviewed and approved by the Ethics Board", by("Ethics Board")],
    ["Reviewed by the Committee on Mood on May 9, 2024", { ...by("Committee on Mood"), reviewedOn: "2024-05-09" }],
    ["Fact checked by Tom Berg", by("Tom Berg")],
    ["Medically reviewed by Ana Ruiz, MD</p><p>Fact checked by Tom Berg", by("Ana Ruiz, MD")],
    ["Est. reading time 1 hour 5 minutes", { readingMinutes: 65 }],
  ])("are understood, and are no part of the text: %s", (label, expected) => {
    const { article } = read(ARTICLE, `<p>${label}</p>`);
    expect(article).toMatchObject(expected);
    expect(article.sections.map(({ text }) => text)).toEqual(
      read(ARTICLE, "").article.sections.map(({ text }) => text),
    );
  });

  it.each([
    "Next review due: 12 March 2028",
    "Due for review: 12 March 2028",
    "Next scheduled review: 12 March 2028",
    "Date of next review: 12 March 2028",
    "To be reviewed by March 2028",
    "Media last reviewed: 9 January 2026",
    "Next review due</p><p>12 March 2028",
  ])("of another day are not the day of the review: %s", (label) => {
    const { article } = read(ARTICLE, `<p>${label}</p><p>Page last reviewed: 12 March 2025</p>`);
    expect(article).toMatchObject({ reviewedOn: "2025-03-12", reviewers: [] });
  });

  it.each(["3 days ago", "last week", "today", "2024", "Spring 2024", "TBD", "15.01.24", "31 April 2024"])(
    "that say no plain day give none, with a warning: %s",
    (day) => {
      const { article, warnings } = read(ARTICLE, `<p>Published: 2023-05-03</p><p>Last updated: ${day}</p>`);
      expect(article.updatedOn).toBeNull();
      expect(warnings).toEqual([{ field: "updatedOn", text: expect.stringContaining(day) }]);
    },
  );

  it.each([
    "The trial, published in March 2019, changed practice for good.",
    "Five lamps reviewed by experts and by readers.",
    "This device has not been reviewed by the Board.",
  ])("are not made of sentences: %s", (sentence) => {
    const { article } = read(ARTICLE, `<p>${sentence}</p>`);
    expect(article).toMatchObject({ publishedOn: null, reviewedOn: null, reviewers: [] });
    expect(article.sections[0]?.text).toContain(sentence);
  });

  it.each([
    ["a card under a linked heading", "<h3><a href='/tea'>Tea</a></h3><p>Published: May 9, 2019</p>"],
    ["a list of related articles", "<h2>Related articles</h2><p>Tea</p><p>Published: May 9, 2019</p>"],
    ["an item with a link", "<ul><li><a href='/tea'>Tea</a><p>Published: May 9, 2019</p></li></ul>"],
    ["a comment", "<h2>2 comments</h2><p>Posted: May 9, 2019</p>"],
    ["a link", "<a href='/tea'><p>Published: May 9, 2019</p></a>"],
  ])("of %s are not the article's", (_, below) => {
    expect(read(ARTICLE, "", below).article.publishedOn).toBeNull();
  });
});

describe("reference lists", () => {
  const two = ["Ruiz A. Lamps. 2019.", "Berg T. Light. 2020."];
  it.each([
    ["an ordered list", "<h2>References</h2><ol><li>Ruiz A. Lamps. 2019.</li><li>Berg T. Light. 2020.</li></ol>"],
    [
      "paragraphs in items",
      "<h2>References</h2><ol><li><p>Ruiz A.</p><p>Lamps. 2019.</p></li><li>Berg T. Light. 2020.</li></ol>",
    ],
    ["numbered lines", "<h2>Sources</h2><p>1. Ruiz A. Lamps. 2019.<br>2. Berg T. Light. 2020.</p>"],
    [
      "a fold",
      "<details><summary>Sources</summary><ul><li>Ruiz A. Lamps. 2019.</li><li>Berg T. Light. 2020.</li></ul></details>",
    ],
    [
      "footnotes",
      "<div class='footnotes'><p><sup>1</sup> Ruiz A. Lamps. 2019. <a href='#b'>↩</a></p><p><sup>2</sup> Berg T. Light. 2020.</p></div>",
    ],
    [
      "a list without a heading",
      "<ol class='references'><li>Ruiz A. Lamps. 2019.</li><li>Berg T. Light. 2020.</li></ol>",
    ],
  ])("as %s give their entries", (_, below) => {
    const { article } = read(ARTICLE, "<p>Updated 2026-01-09</p>", `<h2>Use</h2><p>Switch it on.</p>${below}`);
    expect(article.references).toEqual(two);
    expect(article.sections.map(({ heading }) => heading)).toEqual(["", "Use"]);
  });
});

describe("the meaning of a page", () => {
  const page = fixture("light-therapy");
  const { article } = extract(page, ADDRESS);
  it.each([
    ["typographic quotation marks", (html: string) => html.replaceAll("&#x27;", "’")],
    ["typographic dashes", (html: string) => html.replaceAll("—", "–").replaceAll("95-160", "95–160")],
    ["white space", (html: string) => html.replaceAll("</p>", " </p>\n\n\n").replaceAll(". ", ".\u00a0 ")],
    [
      "other elements",
      (html: string) => html.replaceAll("<p>", '<p class="x"><span>').replaceAll("</p>", "</span></p>"),
    ],
    [
      "a wrapped heading",
      (html: string) => html.replaceAll("<h2>", "<div><div><h2><span>").replaceAll("</h2>", "</span></h2></div></div>"),
    ],
    ["soft hyphens", (html: string) => html.replaceAll("morning", "mor\u00adning")],
    [
      "a cookie notice",
      (html: string) =>
        html.replace("<main>", '<div class="cookie-banner"><h2>Cookies</h2><p>We use some.</p></div><main>'),
    ],
    ["a byline", (html: string) => html.replace("</h1>", "</h1><p>By Jo Doe</p><ul><li>Share</li><li>Print</li></ul>")],
    [
      "other articles",
      (html: string) =>
        html.replace("</main>", '<h2>Related articles</h2><p><a href="/tea">Evening tea</a></p></main>'),
    ],
    [
      "words for listeners",
      (html: string) => html.replaceAll("</h2>", ' <span class="sr-only">Link to this part</span></h2>'),
    ],
  ])("does not change with %s", (_, changed) => {
    const after = extract(changed(page), ADDRESS).article;
    expect(changed(page)).not.toBe(page);
    expect(contentHash(after)).toBe(contentHash(article));
    expect(whatChanged(article, after).sentences).toEqual([]);
  });

  it("does not change when a reference's number does", () => {
    const text = (number: number) =>
      read(ARTICLE, "", `<p>Light helps.<sup><a href="#r">${number}</a></sup></p>`).article;
    expect(contentHash(text(1))).toBe(contentHash(text(2)));
  });

  it("changes with a number in the text", () => {
    const after = extract(page.replace("10,000", "2,500"), ADDRESS).article;
    expect(contentHash(after)).not.toBe(contentHash(article));
  });
});
