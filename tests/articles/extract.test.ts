import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extract } from "../../src/articles/index.ts";
import { AppError, InvalidError } from "../../src/errors.ts";
import { ADDRESS, fixture, jsonLd, PROSE, read } from "./pages.ts";

const headings = (html: string) => extract(html, ADDRESS).article.sections.map(({ heading }) => heading);

describe("a page of the site's shape", () => {
  const { article, warnings } = extract(fixture("light-therapy"), ADDRESS);

  it("gives the days, reviewers and reading time that it shows as text", () => {
    expect(article).toMatchObject({
      publishedOn: "2023-11-03",
      updatedOn: "2026-02-10",
      reviewedOn: "2026-02-10",
      reviewers: ["Calm Pages Review Panel"],
      readingMinutes: 6,
    });
    expect(warnings).toEqual([]);
  });

  it("gives title, summary, slug, category and references", () => {
    expect(article).toMatchObject({
      slug: "light-therapy",
      url: ADDRESS,
      title: "Light therapy for winter depression",
      summary: "What a bright lamp in the morning can do, what it cannot, and whom to ask first.",
      topics: ["digital tool"],
      references: ["Pooled trials of bright light, 2019", "Guideline on seasonal depression"],
    });
  });

  it("gives each section once, without labels, references and footer", () => {
    expect(article.sections.map(({ heading, level }) => `${level} ${heading}`)).toEqual([
      "2 Why mornings",
      "2 How to use a lamp",
      "2 What it costs",
      "2 When it is not enough",
      "2 Who should ask first",
    ]);
  });

  it("gives each section once when nothing marks the second body as a copy", () => {
    const page = fixture("light-therapy").replace(' aria-hidden="true"', "");
    expect(extract(page, ADDRESS).article).toEqual(article);
  });

  it("gives each section once when the second body is cut into other lines", () => {
    const page = fixture("light-therapy").replace(' aria-hidden="true"', "");
    const [first, second] = page.split('<div class="print">');
    const recut = `${first}<div class="print">${second?.replaceAll(". ", ".<br></p><p>")}`;
    expect(extract(recut, ADDRESS).article.sections).toEqual(article.sections);
  });

  it("gives the same with JSON-LD as with visible labels alone", () => {
    expect(extract(fixture("light-therapy-json-ld"), ADDRESS).article).toEqual(article);
  });
});

describe("JSON-LD", () => {
  it("is followed through a graph, lists, ids and strings of several kinds", () => {
    const graph = {
      "@context": "https://schema.org",
      "@graph": [
        { "@type": "WebSite", name: "Calm Pages" },
        { "@type": "Person", "@id": "#ana", name: "Ana Ruiz, MD" },
        {
          "@type": "MedicalWebPage",
          lastReviewed: "2026-02-10",
          reviewedBy: [{ "@id": "#ana" }, "Tom Berg", { name: "The Panel" }],
        },
        { "@type": "BlogPosting", headline: "Lamps &amp; mornings", timeRequired: "PT1H5M", url: ADDRESS },
      ],
    };
    expect(read(jsonLd(graph), "").article).toMatchObject({
      title: "Lamps & mornings",
      reviewedOn: "2026-02-10",
      reviewers: ["Ana Ruiz, MD", "Tom Berg", "Panel"],
      readingMinutes: 65,
    });
  });

  it("keeps the day as written in its own time zone", () => {
    const node = { "@type": "Article", datePublished: "2024-01-15T23:30:00-08:00" };
    expect(read(jsonLd(node), "").article.publishedOn).toBe("2024-01-15");
  });

  it("wins over a visible label that differs, with a warning", () => {
    const { article, warnings } = read(
      jsonLd({ "@type": "Article", datePublished: "2024-01-15" }),
      "<p>Published: January 16, 2024</p>",
    );
    expect(article.publishedOn).toBe("2024-01-15");
    expect(warnings.map(({ field }) => field)).toEqual(["publishedOn"]);
  });

  it("is made more exact by a label that agrees with it", () => {
    const { article, warnings } = read(
      jsonLd({ "@type": "Article", datePublished: "2024-01" }),
      "<p>Published: January 16, 2024</p>",
    );
    expect(article.publishedOn).toBe("2024-01-16");
    expect(warnings).toEqual([]);
  });

  it("is passed over with a warning when it is broken", () => {
    const { article, warnings } = read(jsonLd('{"@type": "Article", '), "<p>Published: January 16, 2024</p>");
    expect(article.publishedOn).toBe("2024-01-16");
    expect(warnings.map(({ field }) => field)).toEqual(["json-ld"]);
  });

  it("of other pages is not taken for this one", () => {
    const others = [1, 2].map((n) => ({
      "@type": "Article",
      headline: `Other ${n}`,
      url: `https://calm.example/${n}`,
    }));
    const own = { "@type": "Article", headline: "Own", url: ADDRESS };
    expect(read(jsonLd([...others, own]), "").article.title).toBe("Own");
  });
});

describe("meta tags and microdata", () => {
  it("speak where JSON-LD is silent", () => {
    const head = `<meta property="og:type" content="article"><meta property="article:published_time" content="2024-01-15T10:00:00+02:00">
      <meta property="og:description" content="About lamps."><link rel="canonical" href="/a/morning-lamps.html?utm_source=x#top">`;
    expect(read(head, "").article).toMatchObject({
      publishedOn: "2024-01-15",
      summary: "About lamps.",
      slug: "morning-lamps",
      url: "https://calm.example/a/morning-lamps.html",
    });
  });

  it("give days and reviewers as microdata", () => {
    const item = `<article itemscope itemtype="https://schema.org/MedicalWebPage"><meta itemprop="lastReviewed" content="2026-02-10">
      <span itemprop="reviewedBy" itemscope><b itemprop="name">Ana Ruiz</b></span>${PROSE}</article>`;
    expect(read("", item).article).toMatchObject({ reviewedOn: "2026-02-10", reviewers: ["Ana Ruiz"] });
  });

  it("do not move the article to another host", () => {
    const { article, warnings } = read(
      '<link rel="canonical" href="https://elsewhere.example/x">',
      "<p>Published: 2024-01-15</p>",
    );
    expect(article.url).toBe(ADDRESS);
    expect(warnings.map(({ field }) => field)).toEqual(["url"]);
  });
});

describe("visible labels", () => {
  it.each([
    ["<p>Page last reviewed: 12 March 2024</p><p>Next review due: 12 March 2027</p>", { reviewedOn: "2024-03-12" }],
    [
      "<dl><dt>Last medically reviewed</dt><dd><time datetime='2026-02-10'>10 Feb</time></dd></dl>",
      { reviewedOn: "2026-02-10" },
    ],
    ["<p>Last updated and reviewed: February 10, 2026</p>", { updatedOn: "2026-02-10", reviewedOn: "2026-02-10" }],
    [
      "<p>By Jo Doe | Posted on 3 Nov 2023 | Reading time: 5 minutes</p>",
      { publishedOn: "2023-11-03", readingMinutes: 5 },
    ],
    ["<p>Published: January 15, 2024 at 10:30 PM EST</p>", { publishedOn: "2024-01-15" }],
    ["<p>Updated Jan 2026 · 8-min read</p>", { updatedOn: "2026-01", readingMinutes: 8 }],
    [
      "<p>Publicado: 3 de noviembre de 2023. Última revisión: 10 de febrero de 2026</p>",
      { publishedOn: "2023-11-03", reviewedOn: "2026-02-10" },
    ],
    [
      "<p>Medically reviewed by <a>Ana Ruiz</a>, MD, and <a>Tom Berg, PhD</a> on February 10, 2026</p>",
      { reviewers: ["Ana Ruiz, MD", "Tom Berg, PhD"], reviewedOn: "2026-02-10" },
    ],
    [
      "<div>Reviewed by</div><div>The Sleep and Mood Board</div><p>Updated 2026-02-10</p>",
      { reviewers: ["Sleep and Mood Board"] },
    ],
  ])("in %s are understood", (above, expected) => {
    const { article, warnings } = read('<meta property="og:type" content="article">', above);
    expect(article).toMatchObject(expected);
    expect(article.sections).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it("count in the article's head before those below it", () => {
    const card = "<div>Published: May 2, 2019</div>";
    expect(read("", "<p>Published: May 1, 2024</p>", card).article.publishedOn).toBe("2024-05-01");
  });

  it("stay out of a reference list", () => {
    const { article } = read(
      '<meta property="og:type" content="article">',
      "",
      "<h2>Sources</h2><ul><li>Published: 2 May 2019</li></ul>",
    );
    expect(article.references).toEqual(["Published: 2 May 2019"]);
  });
});

describe("what a page says ambiguously", () => {
  it.each([
    ["01/09/2026", "a day that can be read in two orders"],
    ["February 30, 2026", "a day that no calendar has"],
    ["yesterday", "a day relative to no known one"],
    ["2026", "a year alone"],
    ["1/15/26", "a year of two digits"],
  ])("is null with a warning: %s, %s", (day) => {
    const { article, warnings } = read("", `<p>Published: May 1, 2024</p><p>Last reviewed: ${day}</p>`);
    expect(article.reviewedOn).toBeNull();
    expect(warnings.map(({ field }) => field)).toEqual(["reviewedOn"]);
    expect(warnings[0]?.text).toContain(day);
  });

  it("is null with a warning when two labels contradict each other", () => {
    const { article, warnings } = read("", "<p>Last reviewed: May 1, 2024</p><p>Last reviewed: May 2, 2024</p>");
    expect(article.reviewedOn).toBeNull();
    expect(warnings.map(({ field }) => field)).toEqual(["reviewedOn"]);
  });

  it("is not guessed where the page is silent", () => {
    const { article, warnings } = read('<meta property="og:type" content="article">', "");
    expect(article).toMatchObject({
      summary: null,
      publishedOn: null,
      updatedOn: null,
      reviewedOn: null,
      readingMinutes: null,
      reviewers: [],
      references: [],
    });
    expect(warnings).toEqual([
      { field: "publishedOn", text: "no day of publication, update or review was found on the page" },
    ]);
  });

  it("draws a warning when a review is older than the publication", () => {
    const { article, warnings } = read("", "<p>Published: May 1, 2024. Last reviewed: May 1, 2023</p>");
    expect(article.reviewedOn).toBe("2023-05-01");
    expect(warnings.map(({ field }) => field)).toEqual(["reviewedOn"]);
  });
});

describe("sections", () => {
  it("keep deeper headings with their level, and none that is empty", () => {
    const page = `<h1>Lamps</h1><p>Updated 2026-01-09</p><h2>Article</h2><h2>Kinds</h2><h3>Boxes</h3>${PROSE}<h2>Empty</h2><h4>Visors</h4><p>Worn on the head.</p>`;
    const sections = extract(page, ADDRESS).article.sections.map(({ heading, level }) => [heading, level]);
    expect(sections).toEqual([
      ["Kinds", 2],
      ["Boxes", 3],
      ["Empty", 2],
      ["Visors", 4],
    ]);
  });

  it("hold nothing that a reader of the page does not see", () => {
    const hidden = `<h2>One</h2><p>seen<script>script()</script><span hidden>hidden</span><span style="display: none">none</span></p>
      <form>form</form><aside>aside</aside><nav>nav</nav>`;
    const { article } = read("", `<p>Updated 2026-01-09</p>`, hidden);
    expect(article.sections.at(-1)).toEqual({ heading: "One", level: 2, text: "seen" });
  });

  it("hold no controls, invisible characters and overrides of direction", () => {
    const { article } = read(
      "",
      `<p>Updated 2026-01-09</p>`,
      "<h2>O\u202ene</h2><p>ze\u200bro\u0000 wi\u00addth   e\u0301</p>",
    );
    expect(article.sections.at(-1)).toEqual({ heading: "One", level: 2, text: "zero width é" });
  });

  it("survive headings and paragraphs that are never closed", () => {
    expect(
      headings(
        "<h1>Lamps<h2>One<p>first of two parts<h2>Two<p>second of two parts, and the longer one<p>Last reviewed: 3 May 2025",
      ),
    ).toEqual(["One", "Two"]);
  });

  it("are cut with a warning when they are longer than any article", () => {
    const { article, warnings } = read("", `<p>Updated 2026-01-09</p>`, `<p>${"word ".repeat(30_000)}</p>`);
    expect(article.sections[0]?.text.length).toBeLessThanOrEqual(100_000);
    expect(warnings.map(({ field }) => field)).toEqual(["sections"]);
  });
});

describe("a page without an article", () => {
  const teasers = Array.from(
    { length: 8 },
    (_, n) => `<div><h2><a href="/${n}">Title ${n}</a></h2>${PROSE}${n}</div>`,
  ).join("");
  it.each([
    ["an empty one", ""],
    ["noise", "<<<>>&&&</p></div>"],
    ["an error page", "<h1>Page not found</h1><p>Nothing stands here.</p>"],
    ["a form", "<h1>Sign in</h1><form><input name=a></form>"],
    ["a list of articles", `<h1>Library</h1>${teasers}`],
    ["a heading without text", `${jsonLd({ "@type": "Article", headline: "Lamps" })}<h1>Lamps</h1>`],
  ])("is refused with what was looked for: %s", (_, html) => {
    expect(() => extract(html, ADDRESS)).toThrow(InvalidError);
    expect(() => extract(html, ADDRESS)).toThrow(/article/);
  });

  it("is refused when it is larger than 5 MB", () => {
    expect(() => extract("x".repeat(5_000_001), ADDRESS)).toThrow(/5 MB/);
  });

  it("is refused when it nests without end", () => {
    expect(() => extract("<div>".repeat(50_000), ADDRESS)).toThrow(InvalidError);
  });
});

describe("any markup at all", () => {
  const token = fc.oneof(
    fc.constantFrom(
      "<h1>",
      "</h1>",
      "<h2>",
      "<p>",
      "</p>",
      "<main>",
      "<article>",
      "</article>",
      "<footer>",
      "<time datetime=",
      "<li>",
      "<b",
      ">",
      "<!--",
    ),
    fc.constantFrom(
      "Published: ",
      "Last reviewed: ",
      "Reviewed by ",
      "01/02/2024",
      "May 2024",
      "8 min read",
      '<script type="application/ld+json">',
      "</script>",
    ),
    fc.constantFrom('{"@type":"Article","headline":', '"x"', "}", "[", "null", "\u202e", "\ud800", "References"),
    fc.string({ maxLength: 20 }),
    fc.lorem({ maxCount: 60 }),
  );

  it("is read or refused, never more", () => {
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), (parts) => {
        try {
          const { article } = extract(`<h1>T</h1><p>Published: May 1, 2024</p>${parts.join("")}`, ADDRESS);
          expect(article.slug).toMatch(/^[a-z0-9-]{1,100}$/);
          expect(JSON.stringify(article)).not.toMatch(/\\u0000|\\ud[89a-f]/);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
