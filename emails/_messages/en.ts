import type { Holdings, Messages } from "./messages.ts";

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const many = (count: number, one: string, more: string) => `${NUMBERS[count] ?? count} ${count === 1 ? one : more}`;
const span = (months: number) =>
  months >= 24 && months % 12 === 0 ? many(months / 12, "year", "years") : many(months, "month", "months");
// Making it costs more than all else that a line of facts does.
let listFormat: Intl.ListFormat | undefined;
function list(names: string[]): string {
  listFormat ??= new Intl.ListFormat("en-US", { type: "conjunction" });
  return listFormat.format(names);
}

// "by the HeyPsych Medical Review Board", but "by Dr. Ana Ruiz".
const BODY = /\b(board|committee|council|department|group|panel|society|staff|team)$/i;
const withArticle = (name: string) => (BODY.test(name) && !/^the /i.test(name) ? `the ${name}` : name);

function holds({ corrected, changed, published, unchanged }: Holdings): string {
  const parts = [
    corrected > 0 ? many(corrected, "correction", "corrections") : "",
    changed > 0 ? `${many(changed, "review", "reviews")} changed what we say` : "",
    published > 0 ? many(published, "new article", "new articles") : "",
    unchanged > 0 ? `${many(unchanged, "article", "articles")} confirmed unchanged` : "",
  ].filter((part) => part !== "");
  const sentence = parts.length === 0 ? "nothing new this time" : parts.join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

const RHYTHM = {
  immediate: "a short mail each time an article is published or changes",
  daily: "one mail a day, on days when there is something to read",
  weekly: "one mail a week, when there is something to read",
  monthly: "one mail a month, when there is something to read",
};

export const en: Messages = {
  dateLocale: "en-US",
  dir: "ltr",
  kinds: { published: "New", "re-reviewed": "Re-reviewed", corrected: "Corrected" },
  editions: {
    immediate: "Article notice",
    daily: "Daily edition",
    weekly: "Weekly edition",
    monthly: "Monthly edition",
    once: "Edition",
  },

  discreet: {
    wordmark: "Your reading",
    subjects: {
      immediate: "Something new for you to read",
      daily: "Your reading for today",
      weekly: "Your reading for this week",
      monthly: "Your reading for this month",
      once: "Your reading",
    },
    preheader: "It is here whenever it suits you.",
    opening:
      "This is the reading you asked for, sent the discreet way you chose: the subject and the first lines do not say who it is from or what it is about.",
    confirmSubject: "Please confirm your subscription",
    welcomeSubject: "Your subscription is confirmed",
    alreadySubject: "About your subscription",
    servicePreheader: "A short note about your subscription.",
  },

  confirm: {
    subject: (site) => `Confirm your subscription to ${site}`,
    words: (site, hours) => ({
      title: "One step left",
      preheader: "One button, and your subscription begins.",
      paragraphs: [
        `This address was entered to receive ${site} by mail: new articles, and articles that were reviewed again, with what changed in them.`,
        "Open the page below and confirm there. Until you do, nothing will be sent.",
      ],
      button: "Confirm my subscription",
      after: `The link works for ${hours} hours.`,
    }),
    notMe: "If you did not ask for this, you can leave it unanswered and nothing more will come. You can also tell us.",
    notMeLink: "This was not me",
    reason: (site) => `You get this one mail because your address was entered on the sign-up form of ${site}.`,
  },
  welcome: {
    subject: (site) => `You are subscribed to ${site}`,
    words: (site, cadence, topics) => ({
      title: "You are in",
      preheader: "What comes next, and how to change it.",
      paragraphs: [
        `Thank you for confirming. From now on you get ${RHYTHM[cadence]}.`,
        topics === 0
          ? `It covers everything that ${site} publishes. Each article says who reviewed it and when; if a review changes what we told you, we say what changed.`
          : `It covers the ${many(topics, "topic", "topics")} you chose. Each article says who reviewed it and when; if a review changes what we told you, we say what changed.`,
        "You can choose topics, rhythm and a discreet subject line at any time.",
      ],
      button: "Set topics and rhythm",
      after: null,
    }),
    archive: "Read earlier editions",
  },
  already: {
    subject: (site) => `You are already subscribed to ${site}`,
    words: (site) => ({
      title: "You are already subscribed",
      preheader: "Nothing has changed.",
      paragraphs: [
        `This address was entered on the sign-up form of ${site}. It is subscribed already, so nothing has changed and you need not do anything.`,
        "If it was you, perhaps you were looking for your topics or rhythm.",
      ],
      button: "See my preferences",
      after: null,
    }),
  },

  changes: {
    referenceCounts: (added, removed, changed) =>
      Object.entries({ added, removed, changed })
        .filter(([, count]) => count > 0)
        .map(([how, count]) => `${count} ${how}`)
        .join(", ")
        .concat("."),
  },

  digest: {
    holds,
    empty: (site, day) => `${site}, ${day}`,
    reviewedAgain: "Reviewed again",
    nothingChanged: "nothing changed",
    sectionsChanged: (count) => many(count, "section changed", "sections changed"),
    andMore: (count) => `and ${count} more`,
    unchangedTitle: "Reviewed again, nothing changed",
    whatChanged: "What changed",
    whatWasCorrected: "What was corrected",
    fromTheEditor: "From the editor",
    seeChanges: "See every change in this article",
    moreChanges: (count) => `And ${many(count, "more change", "more changes")}.`,
    added: "New section.",
    removed: "No longer part of the article.",
    renamed: (before) => `Was called “${before}” before.`,
    moved: "Moved to another place.",
    changed: "The text of this section changed.",
    references: "References",
    reviewed: (day, reviewers) => {
      const by = reviewers.length > 0 ? ` by ${list(reviewers.map(withArticle))}` : "";
      return `reviewed${day === null ? "" : ` ${day}`}${by}`;
    },
    updated: (day) => `updated ${day}`,
    published: (day) => `published ${day}`,
    firstPublished: (day) => `first published ${day}`,
    minutes: (count) => `${count} min read`,
    referenceCount: (count) => (count === 1 ? "1 reference" : `${count} references`),
    readOnline: "Read this edition on the web",
  },

  severities: { clarification: "Clarification", correction: "Correction", safety: "Safety correction" },

  correction: {
    opening: {
      clarification: "Something we told you in this article could be misunderstood. Here it is, said more clearly.",
      correction: "Something we told you in this article was not right. We are sorry, and here is what is right.",
      safety:
        "Something we told you in this article was not right, and it can matter for your safety. We are sorry. Please read this through.",
    },
    told: "What we told you",
    right: "What is right",
    why: "Why",
    whatToDo: "What to do",
    askFirst:
      "Please do not start, stop or change a medicine or a treatment because of this letter alone. Talk to your clinician or pharmacist first, and show them this letter if it helps. If you feel unwell, or are worried about something you have taken, ask for medical help now.",
    quote: (words) => `“${words}”`,
    since: (day) => `in the article since ${day}`,
    on: {
      clarification: (day) => `clarified ${day}`,
      correction: (day) => `corrected ${day}`,
      safety: (day) => `corrected ${day}`,
    },
    seeChanges: "See this correction in the article’s history",
    reason: (site) =>
      `You get this because an earlier letter from ${site} to you carried the article as it was then. A correction comes as soon as it is made, outside the rhythm you chose, and also while your letters are paused. Nothing else about your subscription changes.`,
    discreet: {
      subject: "A note on your earlier reading",
      safetySubject: "An important note on your earlier reading",
      preheader: "Please read it when you have a quiet moment.",
      opening:
        "This is about something you were sent earlier. It comes the discreet way you chose: the subject and the first lines do not say who it is from or what it is about.",
    },
  },

  reviewReminder: {
    subject: (total) => `${total} ${total === 1 ? "article is" : "articles are"} due for review`,
    preheader: (months) => `Last reviewed more than ${span(months)} ago, oldest first.`,
    opening: (months, total) =>
      total === 1
        ? `Its last review, or its publication if there was none, is more than ${span(months)} ago. The evidence may have moved since.`
        : `Their last review, or their publication where there was none, is more than ${span(months)} ago. The evidence may have moved since. The oldest come first.`,
    reviewed: (day) => `last reviewed ${day}`,
    neverReviewed: "never reviewed",
    updated: (day) => `last updated ${day}`,
    published: (day) => `published ${day}`,
    noDate: "gives no date of review or publication",
    ago: (months) => `${span(months)} ago`,
    more: (count) => `And ${many(count, "more article", "more articles")}.`,
    list: "See the whole list",
    reason: (site) =>
      `You get this on the first of the month, when something is due, because you or an administrator of ${site} asked for it. To stop it, send DELETE /api/v1/editors/me/reminders with your API key, or ask an administrator.`,
    stop: "How the list and these mails work",
  },

  evidence: {
    correctedSince: "Corrected since it first appeared",
    said: (words) => `The article said: “${words}”`,
    right: (words) => `Right is: ${words}`,
    why: (words) => `Why: ${words}`,
    where: "Where in the article",
    moreCorrections: (count) => `And ${many(count, "more correction", "more corrections")}.`,
    lastReviewed: (month) => `Last reviewed ${month}. The evidence may have moved since.`,
    neverReviewed: (month) => `Published ${month} and not reviewed since. The evidence may have moved.`,
    notReviewed: (months) => `Not reviewed for ${many(months, "month", "months")}. The evidence may have moved since.`,
    noTopic: "For all readers",
    moreUnchanged: (count) => `And ${many(count, "more", "more")}.`,
    rest: (count) => `And ${count} more since your last letter`,
  },

  footer: {
    reason: (site) => `You get this because you subscribed to ${site} and confirmed it.`,
    rhythm: {
      immediate: "It comes each time an article is published or changes.",
      daily: "It comes once a day, when there is something to read.",
      weekly: "It comes once a week, when there is something to read.",
      monthly: "It comes once a month, when there is something to read.",
    },
    preferences: "Change or pause what you get",
    unsubscribe: "Unsubscribe",
  },
};
