import type { AlertKind } from "../../alerts/index.ts";
import type { Severity } from "../../articles/table.ts";
import type { UnknownDecision } from "../../delivery/index.ts";

const many = (count: number, one: string, more: string) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : more}`;
const readers = (count: number) => many(count, "reader", "readers");

/** Everything the desk says, in one place. */
export const words = {
  tag: "en-US",
  desk: "Desk",
  skip: "Skip to the content",
  signedInAs: (name: string, role: string) => `${name} · ${role}`,
  signOut: "Sign out",
  older: "Older",
  site: "Readers’ pages",

  nav: {
    overview: "Overview",
    articles: "Articles",
    corrections: "Corrections",
    sources: "Sources",
    reviews: "Reviews",
  },

  signIn: {
    title: "Sign in to the desk",
    text: "With your API key. You stay signed in for 12 hours on this browser.",
    key: "API key",
    keyHint: "It begins with hpn_. An administrator makes one with the command “editors add”.",
    button: "Sign in",
    wrong: "This key opens nothing. It may have been cut short, or taken away.",
    limited: "Too many tries came from this network. Wait an hour, or use another network.",
    out: "You are signed out.",
  },

  errors: {
    signedOut: {
      title: "You are no longer signed in",
      text: "Nothing was changed and nothing is lost: sign in in another tab, come back to this one, and reload it.",
      link: "Sign in, in a new tab",
    },
    entering: "Opening the desk…",
    missing: { title: "There is nothing here", text: "The address may have a typo, or what it named was removed." },
    forbidden: "You may not do this",
    foreign: {
      title: "This came from another site",
      text: "For your safety, forms of the desk work only from the desk itself. Nothing was changed.",
    },
    limited: { title: "Please try again later", text: "Too many tries came from this network within the hour." },
    conflict: "That is not possible now",
    refused: "That could not be done",
    large: { title: "That was too much at once", text: "What was sent is larger than this page takes." },
    failed: {
      title: "Something went wrong on our side",
      text: "What you did may not have been saved. Please look, and try again in a few minutes.",
    },
    request: (id: string) => `For whoever looks after the installation: request ${id}.`,
    back: "Go to the overview",
    viewer: "Your key has the role viewer: it may look at everything here and change nothing.",
  },

  overview: {
    title: "Overview",
    attention: "Needs attention",
    calm: "Nothing needs attention.",
    failing: (title: string) => `${title} cannot be read`,
    gone: (title: string) => `${title} is gone for good`,
    since: (time: string) => `since ${time}`,
    due: (count: number) => `${many(count, "article is", "articles are")} due for review`,
    dueText: (months: number) => `Last reviewed more than ${many(months, "month", "months")} ago.`,
    correcting: (title: string) => `A correction of “${title}” is still going out`,
    correctingText: (waiting: number, told: number) =>
      `${readers(waiting)} of ${told.toLocaleString("en-US")} still to be written to.`,
    decidingText: "Readers who were sent the mistake are being looked for.",
    paused: (title: string) => `“${title}” is paused`,
    pausedText: "No reason was given.",
    unsure: (title: string) => `“${title}”: it is not known whether some mails arrived`,
    unsureText: (unknown: number) => `${many(unknown, "delivery", "deliveries")} of unknown outcome; a person decides.`,
    unsureMails: "It is not known whether some single mails arrived",
    events: "Latest events",
    noEvents: "Nothing has been published yet.",
    digests: "Latest digests",
    noDigests: "Nothing has been sent yet.",
    columns: {
      digest: "Digest",
      state: "State",
      readers: "Readers",
      delivered: "Delivered",
      onTheWay: "On the way",
      bounced: "Bounced",
      failed: "Failed",
    },
  },

  kinds: { published: "New", "re-reviewed": "Re-reviewed", corrected: "Corrected" },
  digest: {
    untitled: "An edition with nothing in it yet",
    states: {
      draft: "Draft",
      scheduled: "Scheduled",
      sending: "Sending",
      paused: "Paused",
      sent: "Sent",
      cancelled: "Cancelled",
    },
    modes: { sequence: "Edition", picked: "Edition by hand", correction: "Correction notice" },
    cadences: { immediate: "As it happens", daily: "Daily", weekly: "Weekly", monthly: "Monthly" } as Record<
      string,
      string
    >,
  },

  audience: {
    title: "Who gets it",
    candidates: "Match",
    receiving: "Get it",
    excluded: "Do not get it",
    notFrozen: "Counted as of now. Whoever joins, leaves or pauses before it is decided changes it.",
  },

  oneDigest: {
    pause: "Pause",
    resume: "Go on",
    cancel: "Cancel",
    retry: (count: number) => `Send again to the ${count.toLocaleString("en-US")} that failed`,
    said: {
      paused: "It is paused. Batches that were being handed over at this moment still go out.",
      resumed: "It goes on. Figures that were too high count as seen.",
      cancelled: "It is cancelled. What was not handed over is told by the next edition.",
      retried: "What failed is on its way again, and nothing else.",
    },
    cancelTitle: (title: string) => `Cancel “${title}”?`,
    cancelText: (queued: number) =>
      `${readers(queued)} ${queued === 1 ? "has" : "have"} not been written to and ${queued === 1 ? "gets" : "get"} nothing of it. What went out stays out. This cannot be taken back.`,
    cancelDraft: "Nothing of it has gone out, and nothing will. This cannot be taken back.",
    cancelButton: "Yes, cancel it",
    keep: "Keep it",
    pausedTitle: "Paused",
    waitingTitle: (time: string) => `Goes on by itself ${time}`,
    progress: "Progress",
    handed: (done: string, all: string) => `${done} of ${all} handed over`,
    deciding: "Readers are still being decided, so the numbers grow.",
    notBegun: "Nothing is handed over yet.",
    pace: (perSecond: string) => `${perSecond} a second`,
    left: (time: string) => `about ${time} left`,
    units: {
      seconds: (count: number) => many(count, "second", "seconds"),
      minutes: (count: number) => many(count, "minute", "minutes"),
      hours: (count: number) => many(count, "hour", "hours"),
      days: (count: number) => many(count, "day", "days"),
    },
    rows: {
      queued: "Waiting to be handed over",
      submitted: "Handed over, arrival not known",
      delivered: "Delivered",
      bounced: "Bounced",
      complained: "Complained about as spam",
      failed: "Failed",
      unknown: "Outcome not known",
      skipped: "Skipped",
    },
    messages: "Messages",
    /** Why readers are left out, or were skipped after they had been decided. */
    reasons: {
      "nothing-new": "Nothing new for them",
      "weekly-cap": "Had as many mails as a week holds",
      "next-edition": "Joined after it started: the next edition",
      "not-told": "Were spared the mistake",
      paused: "Paused their mail",
      suppressed: "Must not be mailed",
      unsubscribed: "Left",
      bounced: "Mailbox is gone",
      complained: "Complained before",
      erased: "Had themselves erased",
      pending: "Never confirmed",
      cancelled: "Cancelled by an editor",
    } as Record<string, string>,
    facts: {
      created: "Drafted",
      sendAt: "To be sent",
      started: "Started",
      finished: "Ended",
      warmUp: "Warm-up",
    },
    warmUp: (day: number, handed: number, ceiling: number) =>
      `Day ${day}: ${handed.toLocaleString("en-US")} of ${ceiling.toLocaleString("en-US")} messages of today`,
  },

  articles: {
    title: "Articles",
    empty: "No article has been taken in yet. Follow a source, or let the publishing system report its pages.",
    follow: "Follow a source",
    reviewed: (day: string) => `Last reviewed ${day}`,
    never: "Never reviewed",
    versions: (count: number) => many(count, "version", "versions"),
    due: "Review due",
  },

  article: {
    page: "The page itself",
    history: "Its public history",
    facts: { reviewed: "Last reviewed", reviewers: "Reviewers", updated: "Updated", published: "Published" },
    unknown: "not stated",
    versions: "Versions",
    version: (number: number) => `Version ${number}`,
    latest: "Latest",
    wrong: "Wrong",
    taken: (time: string) => `Taken in ${time}`,
    noEvent: "No event: nobody was told of this version by itself.",
    event: (seq: number) => `Event ${seq}`,
    mark: "Mark as wrong",
    markOf: (number: number) => `Mark version ${number} as wrong`,
    note: "Editor’s note",
    noNote: "No note",
    addNote: "Add a note",
    editNote: "Change the note",
    noteHint:
      "Readers see it with this event. Editions that are on their way keep what they said. Leave it empty to take it back.",
    saveNote: "Save the note",
    noted: "The note was saved.",
    unnoted: "The note was taken back.",
    corrections: "Corrections",
  },

  correct: {
    title: "What was wrong?",
    text: "Readers who were sent it get a notice at once, whatever their rhythm, and nobody else does. You see how many before anything is sent.",
    version: "Version that was wrong",
    versionName: (number: number, time: string) => `Version ${number}, taken in ${time}`,
    severity: "How serious it is",
    severities: {
      clarification: {
        name: "Clarification",
        hint: "It was right, but could be misunderstood. A calm note.",
      },
      correction: {
        name: "Correction",
        hint: "It was not right: a figure, a name, a date, a claim. What most corrections are.",
      },
      safety: {
        name: "Safety",
        hint: "Acting on it could harm someone: a dose, an interaction, a crisis number. The notice asks readers to speak with a professional first.",
      },
    } satisfies Record<Severity, { name: string; hint: string }>,
    wrong: "What we told readers",
    wrongHint: "Quoted to them as you write it here.",
    right: "What is right",
    rightHint: "One or two plain sentences.",
    why: "Why it was wrong",
    whyHint: "Optional. How it came about, in a sentence.",
    passage: "The exact words in the article",
    passageHint:
      "Optional. Copy them from the article: every other version that says the same counts as wrong too. Left empty, what we told readers is looked for.",
    note: "A further note to readers",
    noteHint: "Optional. For instance what to do now.",
    check: "Check",
    checkHint: "Nothing is sent yet. The next page says how many readers it would reach.",
    problems: "Something needs another look",
    empty: "This is needed.",
    long: "At most 2,000 characters.",
    choose: "Choose one of these.",
    sentence: (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
  },

  confirm: {
    title: "Check before it is sent",
    nobody: "No reader was sent this.",
    nobodyText: "No mail goes out. The correction stands in the article’s public history.",
    sent: (count: number) => `${readers(count)} ${count === 1 ? "was" : "were"} sent this.`,
    reach: (count: number) =>
      count === 0
        ? "None of them can be reached by mail any more."
        : `${count.toLocaleString("en-US")} can be reached and ${count === 1 ? "gets" : "get"} a notice at once.`,
    lost: (count: number, reasons: string) =>
      `${count.toLocaleString("en-US")} cannot: ${reasons}. Only the public notice is there for them.`,
    lostReasons: {
      left: (count: number) => `${count.toLocaleString("en-US")} left`,
      bounced: (count: number) => `${count.toLocaleString("en-US")} bounced`,
      complained: (count: number) => `${count.toLocaleString("en-US")} complained`,
      erased: (count: number) => `${count.toLocaleString("en-US")} had themselves erased`,
      suppressed: (count: number) => `${count.toLocaleString("en-US")} must not be mailed`,
    },
    versions: "Versions that count as wrong",
    found: (count: number, passage: string) => `${count === 1 ? "It says" : "They say"} “${passage}”.`,
    one: "No exact words were given or found, so only the version you named counts.",
    alsoLatest: (number: string) =>
      `${number} is what the page says now. Mend the page as well, or new readers are told it again.`,
    told: "What readers will read",
    moment: (time: string) =>
      `Counted ${time}. Whoever leaves before it is sent is not mailed, and letters that go out meanwhile are counted in.`,
    send: (count: number) => (count === 0 ? "Publish the correction" : `Send the correction to ${readers(count)}`),
    edit: "Change something",
    existing: "This was marked before, in the same words. Sending it again would tell nobody.",
    existingLink: "See that correction",
  },

  notice: { told: "We told readers", right: "What is right", why: "Why", note: "Note" },

  corrections: {
    title: "Corrections",
    empty: "Nothing has been corrected. To correct something, open the article and mark the version that was wrong.",
    toArticles: "Go to the articles",
    reached: (arrived: number, told: number) =>
      told === 0
        ? "No reader was sent it"
        : `${arrived.toLocaleString("en-US")} of ${told.toLocaleString("en-US")} delivered`,
    counting: "Readers are being counted",
  },

  correction: {
    title: (seq: number) => `Correction ${seq}`,
    sentNow: (count: number) =>
      count === 0
        ? "The correction is published. No reader was sent the mistake, so no mail goes out."
        : "The correction is published, and its notices are on their way.",
    known: "This was marked before. Nothing was sent again.",
    since: "Wrong since",
    corrected: "Corrected",
    versions: "Versions",
    digest: "Notice by mail",
    publicNotice: "Read the public notice",
    reach: "Reach",
    deciding: "Readers are still being looked through, so these numbers still grow.",
    asOf: (time: string) => `As of ${time}.`,
    again: "Count again",
    rows: {
      told: "Told what was wrong",
      delivered: "Delivered",
      queued: "Waiting to be sent",
      submitted: "On the way, arrival not known",
      failed: "Failed",
      unknown: "Outcome not known",
      cancelled: "Cancelled",
      needless: "Told by an edition instead, or spared the mistake",
      lost: "Not reachable any more",
      left: "Left",
      bounced: "Bounced",
      complained: "Complained",
      erased: "Erased",
      suppressed: "Must not be mailed",
    },
    lostNote: (count: number) =>
      count === 1
        ? "The reader who is not reachable any more is covered by the public notice only."
        : `The ${readers(count)} who are not reachable any more are covered by the public notice only.`,
  },

  sources: {
    title: "Sources",
    text: "Feeds and sitemaps that are followed. New and reviewed pages in them are taken in by themselves.",
    empty: "No source is followed yet.",
    states: {
      ok: "Fine",
      waiting: "Being read",
      retrying: "Trying again",
      failing: "Failing",
      gone: "Gone",
      paused: "Paused",
    },
    kinds: { feed: "Feed", sitemap: "Sitemap", notices: "Notices of the publishing system" },
    failingSince: (time: string) => `Failing since ${time}`,
    read: (time: string) => `Last read ${time}`,
    neverRead: "Not read yet",
    pages: (taken: number, known: number) =>
      known === 0 ? "No pages yet" : `${taken.toLocaleString("en-US")} of ${many(known, "page", "pages")} taken in`,
    failingPages: (count: number) => `${many(count, "page", "pages")} cannot be fetched`,
    addFirst: "Follow a source",
    add: "Follow another",
    url: "Address",
    urlHint: "Of a feed, of a sitemap, or of a page that names its feed. It is fetched at once.",
    backfill: "What it names now",
    quiet: { name: "Take it in quietly", hint: "The backlog: readers are told of what comes after." },
    loud: { name: "Tell readers of it as new", hint: "Each article becomes an event for the next editions." },
    follow: "Follow",
    badUrl: "Give an address that begins with http:// or https://.",
    followed: "It is followed from now on. Its pages are being taken in.",
    known: "It was followed already. Nothing was changed.",
    removed: "It is followed no more. Its articles stay.",
  },

  source: {
    facts: {
      state: "State",
      kind: "Kind",
      address: "Address",
      failing: "Failing since",
      error: "Last error",
      read: "Last read",
      next: "Next look",
      note: "Left out",
      pages: "Pages",
    },
    counts: (taken: number, waiting: number, failing: number, gone: number, refused: number, outside: number) =>
      [
        `${taken.toLocaleString("en-US")} taken in`,
        waiting > 0 && `${waiting.toLocaleString("en-US")} to be looked at`,
        failing > 0 && `${failing.toLocaleString("en-US")} failing`,
        gone > 0 && `${gone.toLocaleString("en-US")} gone`,
        refused > 0 && `${refused.toLocaleString("en-US")} without an article`,
        outside > 0 && `${outside.toLocaleString("en-US")} on other hosts`,
      ]
        .filter(Boolean)
        .join(", "),
    pause: "Pause",
    resume: "Go on",
    poll: "Look now",
    remove: "Remove",
    removeTitle: (title: string) => `Follow ${title} no more?`,
    removeText: "Its articles and their history stay. To follow it again, add its address.",
    removeButton: "Yes, remove it",
    keep: "Keep it",
    paused: "It is paused: nothing is fetched until you go on.",
    resumed: "It is followed again, and is being looked at now.",
    polled: "It is being looked at now.",
    troubles: "Pages that are not taken in",
    troubleStates: {
      waiting: "To be looked at",
      taken: "Taken in",
      failing: "Failing",
      gone: "Gone",
      refused: "No article",
      outside: "On another host",
    },
    tries: (count: number) => many(count, "try", "tries"),
  },

  alerts: {
    title: "What stopped sending",
    text: "Each cause once, however many batches met it. An alert goes by itself when the provider takes mail again.",
    calm: "Nothing stops sending.",
    before: "Before",
    kinds: {
      key: "The provider refuses the API key",
      sender: "The provider refuses the sender",
      "daily-quota": "The day’s quota is spent",
      quota: "The plan’s quota is spent",
      content: "The provider refuses what a mail says",
      request: "The provider is asked in a way that it does not know",
      "refused-alike": "Every message of a digest is refused alike",
    } satisfies Record<AlertKind, string>,
    advice: {
      key: "Look at the key and the account at the provider, then resume the paused digests.",
      sender: "Verify the domain of the From address at the provider, then resume the paused digests.",
      "daily-quota": "Paused digests go on by themselves when it is back.",
      quota: "Raise the plan or wait for the next month, then resume the paused digests.",
      content: "Read what the provider says, then resume the digest or cancel it.",
      request: "Look at RESEND_BASE_URL or SMTP_URL, then resume the paused digests.",
      "refused-alike":
        "It is not the readers’ addresses. Mend what the provider names and resume it, or cancel it and draft it anew. Resumed and refused once more, its messages fail.",
    } satisfies Record<AlertKind, string>,
    since: (time: string) => `Since ${time}`,
    met: (count: number) => `met ${many(count, "time", "times")}`,
    again: (time: string) => `tried again ${time}`,
    over: (time: string) => `over ${time}`,
    overBy: (time: string) => `cleared by an editor ${time}`,
    states: { open: "Open", over: "Over" },
    clear: "It is mended",
    cleared: "The alert is cleared. If its cause is still there, the next attempt raises another.",
  },

  unknown: {
    title: "Outcome not known",
    text: "These were handed over, and no answer said whether the provider took them. They are never sent again by themselves: you decide.",
    calm: "Nothing waits for a decision.",
    kinds: {
      confirm: "A confirmation mail",
      welcome: "A welcome mail",
      "already-subscribed": "A mail to someone who is subscribed already",
      "review-reminder": "A reminder to an editor",
    } as Record<string, string>,
    waits: (count: number) => many(count, "message", "messages"),
    decide: "Decide",
    settles:
      "A notice of the provider may still settle it. If you can, look in the provider’s log whether mails went out at that time.",
    facts: {
      count: "Not known of",
      since: "First attempt",
      givenUp: "Given up",
      reason: "Last answer",
      transport: "Through",
    },
    choose: "What should become of them?",
    choices: {
      "count-as-sent": {
        name: "Count them as sent",
        means: "Nobody gets it twice. If the provider did not take them, these readers have missed it.",
        when: "The careful choice when the provider’s log shows them, or when getting it twice would be worse than missing it.",
        link: "Count as sent",
        ask: (count: number) => `Count ${many(count, "message", "messages")} as sent?`,
        button: "Yes, count as sent",
      },
      "send-again": {
        name: "Send them again",
        means: "Nobody misses it. If the provider did take them, these readers get it twice.",
        when: "The choice when the provider’s log does not show them. Whoever left meanwhile is left out.",
        link: "Send again",
        ask: (count: number) => `Send ${many(count, "message", "messages")} again?`,
        button: "Yes, send again",
      },
    } satisfies Record<UnknownDecision, unknown>,
    back: "Back, change nothing",
    done: {
      "count-as-sent": "They count as sent.",
      "send-again": "They are being sent again.",
    } satisfies Record<UnknownDecision, string>,
  },

  reviews: {
    title: "Reviews due",
    text: (months: number) => `Articles last reviewed more than ${many(months, "month", "months")} ago, oldest first.`,
    empty: "No review is due.",
    basis: {
      reviewed: (day: string) => `Reviewed ${day}`,
      updated: (day: string) => `Never reviewed; updated ${day}`,
      published: (day: string) => `Never reviewed; published ${day}`,
      "no-date": () => "Gives no date at all",
    },
    age: (months: number) => `${many(months, "month", "months")} ago`,
    by: (names: string) => `by ${names}`,
  },
};
