import type {
  ConfirmProps,
  CorrectionProps,
  DigestItem,
  DigestProps,
  FrameProps,
  ItemCorrection,
  MailName,
  MailProps,
} from "../../emails/index.ts";
import type { Changes } from "../../src/articles/changes.ts";

const frame: FrameProps = {
  site: {
    name: "HeyPsych",
    url: "https://site.example",
    address: "1 Elm Street, Springfield",
    disclaimer: "General information, not medical advice.",
    crisisLine: "In a crisis call your local emergency number.",
  },
  locale: "en",
  discreet: false,
};

const links = {
  preferencesUrl: "https://news.example/preferences/__preferences__",
  unsubscribeUrl: "https://news.example/unsubscribe/__unsubscribe__",
};

export function changes(part: Partial<Changes> = {}): Changes {
  const nothing = { added: [], removed: [] };
  const empty = { added: [], removed: [], renamed: [], moved: [], changed: [], sentences: [], summary: "" };
  return { ...empty, references: nothing, reviewers: nothing, ...part };
}

export function item(part: Partial<DigestItem> = {}): DigestItem {
  const slug = (part.title ?? "light").toLowerCase().replace(/\W+/g, "-").slice(0, 40);
  return {
    kind: "published",
    title: "Light for Dark Mornings",
    url: `https://site.example/articles/${slug}`,
    changesUrl: `https://news.example/changes/${slug}`,
    summary: "Which lamp, how long, and when it does not help.",
    note: null,
    changes: null,
    publishedOn: "2024-01-15",
    updatedOn: null,
    reviewedOn: "2026-01-09",
    reviewers: ["HeyPsych Medical Review Board"],
    readingMinutes: 8,
    references: 2,
    topics: ["Depression"],
    severity: null,
    corrections: [],
    reviewOverdueMonths: null,
    ...part,
  };
}

/** A re-review of which every sentence is told. */
export function reReviewed(part: Partial<DigestItem> = {}): DigestItem {
  const sentences = [
    { section: "What It Costs", text: "“$60–150” is now “$70–180”." },
    { section: "Who Should Wait", text: "New section." },
  ];
  const told = changes({ changed: ["What It Costs"], added: ["Who Should Wait"], sentences });
  return item({ kind: "re-reviewed", changes: told, ...part });
}

export function digest(part: Partial<DigestProps> = {}): DigestProps {
  return {
    ...frame,
    ...links,
    subject: null,
    intro: null,
    edition: "2026-01-16",
    items: [reReviewed()],
    webUrl: "https://news.example/archive/a1b2",
    cadence: "weekly",
    rest: null,
    ...part,
  };
}

export function correction(part: Partial<CorrectionProps> = {}): CorrectionProps {
  return {
    ...frame,
    ...links,
    severity: "correction",
    title: "Light for Dark Mornings",
    url: "https://site.example/articles/light",
    changesUrl: "https://news.example/changes/light#c12",
    wrong: "A lamp of 2,500 lux is enough for half an hour.",
    right: "Half an hour takes a lamp of 10,000 lux.",
    why: "We took the number from the wrong table of the guideline.",
    note: "Thank you to the reader who asked.",
    wrongSince: "2025-03-03",
    correctedOn: "2026-01-14",
    reviewedOn: "2026-01-14",
    reviewers: ["HeyPsych Medical Review Board"],
    ...part,
  };
}

export function confirm(part: Partial<ConfirmProps> = {}): ConfirmProps {
  const confirmUrl = "https://news.example/confirm/__confirm__";
  return { ...frame, confirmUrl, notMeUrl: "https://news.example/not-me/__not-me__", expiresInHours: 72, ...part };
}

export function itemCorrection(part: Partial<ItemCorrection> = {}): ItemCorrection {
  return {
    severity: "correction",
    wrong: "A lamp of 2,500 lux is enough.",
    right: "It takes a lamp of 10,000 lux.",
    why: "We read the wrong table.",
    correctedOn: "2026-01-12",
    ...part,
  };
}

/** An edition of everything: corrections, groups, old evidence, a long list of what has not changed, and a rest. */
export function longDigest(part: Partial<DigestProps> = {}): DigestProps {
  const safety = itemCorrection({ severity: "safety", why: null });
  const items = [
    ...Array.from({ length: 12 }, (_, index) => item({ kind: "re-reviewed", title: `Sleep ${index + 1}` })),
    item({ title: "Light and Depression", topics: ["Depression", "Therapy"], corrections: [itemCorrection()] }),
    reReviewed({ title: "Magnesium", topics: ["Supplements"] }),
    item({ title: "A Sleep Diary", topics: ["Therapy"], reviewOverdueMonths: 24, reviewedOn: "2024-01-09" }),
    item({ title: "Scores", topics: [] }),
    item({ title: "Scores for Adults", topics: ["Depression"] }),
    reReviewed({ title: "Light at Work", topics: ["Depression"], corrections: [safety, itemCorrection()] }),
    item({ kind: "corrected", title: "Scores, Compared", note: "We were wrong.", severity: "clarification" }),
  ];
  const rest = { count: 23, url: "https://news.example/archive/rest" };
  return digest({ items, rest, ...part });
}

/** One of each mail, with the frame changed as asked. */
export function everyMail(part: Partial<FrameProps> = {}): { [N in MailName]: MailProps[N] } {
  const unchanged = item({ kind: "re-reviewed", title: "Magnesium and Sleep" });
  const fixed = item({
    kind: "corrected",
    title: "Scores",
    note: "We gave a wrong threshold.",
    changes: changes({ changed: ["Score"] }),
  });
  const items = [reReviewed({ note: "Read the part on cost." }), item({ title: "A Sleep Diary" }), fixed, unchanged];
  return {
    confirm: confirm(part),
    welcome: { ...frame, ...links, cadence: "weekly", archiveUrl: "https://news.example/archive", topics: [], ...part },
    "already-subscribed": { ...frame, ...links, ...part },
    digest: digest({ items, ...part }),
    correction: correction(part),
  };
}
