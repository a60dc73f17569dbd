import type { DigestItem, FrameProps } from "./_props.ts";

/** What the preview shows: an invented publication and invented articles. */
export const sampleFrame: FrameProps = {
  site: {
    name: "HeyPsych",
    url: "https://www.example.org",
    address: "12 Linden Street, Springfield, IL 62701, USA",
    disclaimer:
      "General information, not medical advice. Talk to a clinician who knows you before you start, change or stop a treatment.",
    crisisLine:
      "In a crisis, call your local emergency number. In the United States you can call or text 988 at any hour.",
  },
  locale: "en",
  discreet: false,
};

export const sampleLinks = {
  preferencesUrl: "https://news.example.org/preferences/sample",
  unsubscribeUrl: "https://news.example.org/unsubscribe/sample",
};

const none = { added: [], removed: [] };

const reReviewed: DigestItem = {
  kind: "re-reviewed",
  title: "Light Therapy for Winter Depression: What to Know Before You Buy a Lamp",
  url: "https://www.example.org/resources/knowledge-hub/light-therapy",
  changesUrl: "https://news.example.org/changes/light-therapy",
  summary:
    "How bright a lamp has to be, when in the day to sit in front of it, whom it helps, and what it does not do. With a plain list of what to ask a shop.",
  note: null,
  changes: {
    added: ["When Not to Use a Lamp"],
    removed: [],
    renamed: [],
    moved: [],
    changed: ["What It Costs", "How Long It Takes"],
    references: { added: ["A trial report"], removed: [] },
    reviewers: none,
    sentences: [
      { section: "What It Costs", text: "A lamp of 10,000 lux is now given as $70–180; it was $60–150." },
      { section: "How Long It Takes", text: "“two to four weeks” is now “one to two weeks”." },
      {
        section: "When Not to Use a Lamp",
        text: "New section: eye conditions, and medicines that make skin sensitive.",
      },
    ],
    summary: "Two sections changed, one added.",
  },
  publishedOn: "2024-01-15",
  updatedOn: "2026-01-09",
  reviewedOn: "2026-01-09",
  reviewers: ["HeyPsych Medical Review Board"],
  readingMinutes: 8,
  references: 12,
  topics: ["Alternative", "Depression"],
  severity: null,
  corrections: [],
  reviewOverdueMonths: null,
};

const published: DigestItem = {
  ...reReviewed,
  kind: "published",
  title: "Keeping a Sleep Diary That a Doctor Can Use",
  url: "https://www.example.org/resources/digital-tools/sleep-diary",
  changesUrl: "https://news.example.org/changes/sleep-diary",
  summary:
    "Seven columns, two weeks, five minutes each morning: what to write down, what to leave out, and what your doctor will look at first.",
  changes: null,
  publishedOn: "2026-01-12",
  updatedOn: null,
  reviewedOn: "2026-01-10",
  reviewers: ["Dr. Ana Ruiz"],
  readingMinutes: 5,
  references: 4,
  topics: ["Digital Tools"],
};

const corrected: DigestItem = {
  ...reReviewed,
  kind: "corrected",
  title: "Questionnaires for Adult ADHD, Compared",
  url: "https://www.example.org/resources/assessments/adult-adhd",
  changesUrl: "https://news.example.org/changes/adult-adhd",
  summary: null,
  note: "We gave the wrong threshold for one questionnaire. If you scored yourself with our table, please look again.",
  changes: {
    added: [],
    removed: [],
    renamed: [],
    moved: [],
    changed: ["Reading Your Score"],
    references: none,
    reviewers: none,
    sentences: [{ section: "Reading Your Score", text: "“four or more” is now “six or more”." }],
    summary: "One section changed.",
  },
  publishedOn: "2025-03",
  updatedOn: "2026-01-14",
  reviewedOn: "2026-01-14",
  readingMinutes: 6,
  references: 9,
  topics: ["Assessments & Screeners", "ADHD"],
};

const correctedSince: DigestItem = {
  ...published,
  title: "Vitamin D and Mood",
  url: "https://www.example.org/resources/supplements/vitamin-d",
  changesUrl: "https://news.example.org/changes/vitamin-d",
  summary: "What a blood test tells you, what it does not, and what the trials found.",
  publishedOn: "2023-11-02",
  reviewedOn: "2024-01-09",
  topics: ["Supplements"],
  corrections: [
    {
      severity: "clarification",
      wrong: "Most people feel better within a week.",
      right: "In the trials, about half of those who felt a difference felt it in the first week.",
      why: "The first wording sounded like a promise.",
      correctedOn: "2025-06-20",
    },
  ],
  reviewOverdueMonths: 24,
};

const unchanged = (title: string, slug: string): DigestItem => ({
  ...reReviewed,
  title,
  url: `https://www.example.org/resources/${slug}`,
  changesUrl: `https://news.example.org/changes/${slug}`,
  changes: null,
  publishedOn: "2023-06-01",
  updatedOn: null,
});

export const sampleItems: DigestItem[] = [
  reReviewed,
  published,
  corrected,
  correctedSince,
  unchanged("Peer Support Groups: Finding One That Fits", "peer-support"),
  unchanged("Magnesium and Sleep", "magnesium"),
];
