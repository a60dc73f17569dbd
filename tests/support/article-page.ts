/** A page of the site's shape: dates as visible text, the body once for the screen and once for print. */
export interface ArticlePageOptions {
  title?: string;
  /** As the page shows it: `March 4, 2026`. */
  published?: string;
  reviewed?: string;
  category?: string;
  /** Heading to text, in page order. */
  sections?: Record<string, string>;
}

export const MORNING_LIGHT: Record<string, string> = {
  "Why light": "Bright light in the first hour of the day shifts the body clock forward. Lamps of 10,000 lux are used.",
  "What it costs":
    "A lamp costs 80 to 140 dollars and lasts for years. Some insurers pay for it when a doctor writes it down.",
  "Who should ask first": "People with eye disease or bipolar disorder should speak with a doctor before they begin.",
};

export function articlePage({
  title = "Morning light for winter depression",
  published = "March 4, 2025",
  reviewed = "March 4, 2025",
  category = "Depression",
  sections = MORNING_LIGHT,
}: ArticlePageOptions = {}): string {
  const body = Object.entries(sections)
    .map(([heading, text]) => `<section><h2>${heading}</h2><p>${text}</p></section>`)
    .join("\n");
  return `<!doctype html><html lang="en"><head><title>${title} | Calm Pages</title>
<meta name="description" content="What a bright lamp in the morning can and cannot do."></head><body>
<header><nav><a href="/">Calm Pages</a></nav></header>
<main><h1>${title}</h1><p>What a bright lamp in the morning can and cannot do.</p><span class="category">${category}</span>
<div>Reviewed by the Calm Pages Review Panel</div>
<div><span>Published: ${published}</span> <span>Last Updated: ${reviewed}</span> <span>Last Reviewed: ${reviewed}</span></div>
<p>6 min read</p>
<div class="tab">${body}</div><div class="print" aria-hidden="true">${body}</div>
<h2>References</h2><ul><li>Light therapy trials, pooled</li></ul></main>
<footer><p>For education only.</p></footer></body></html>`;
}
