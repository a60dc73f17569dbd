import type { Messages } from "./messages.ts";

const RHYTHM = {
  immediate: "a short mail each time something is published or changes",
  daily: "one mail a day",
  weekly: "one mail a week",
  monthly: "one mail a month",
};

export const en: Messages = {
  tag: "en-US",
  dir: "ltr",
  name: "English",

  frame: {
    skip: "Skip to the content",
    earlier: "Earlier editions",
    subscribe: "Subscribe",
    mailbox: "Mailbox",
    language: "Language",
  },

  home: {
    title: (site) => `${site}, by email`,
    text: "New articles, and articles that were reviewed again, with what changed in them.",
    points: [
      "Every article says who reviewed it and when.",
      "If a review changes what we told you, we say what changed.",
      "No tracking. Leave at any time with one click.",
    ],
    latest: "Earlier editions",
  },

  form: {
    title: (site) => `${site}, by email`,
    text: "New articles, and what changed in the ones you have read. You choose how often.",
    email: "Email address",
    emailHint: "Used to send you this, and for nothing else.",
    choose: "Topics and rhythm",
    chooseHint: "Everything, once a week, unless you choose otherwise",
    button: "Subscribe",
    unreachable: "That did not reach us. Please try again, or use this page:",
    trap: "Leave this field empty",
    problems: "Something needs another look",
  },

  choices: {
    topics: "Topics",
    topicsHint: "Choose none to hear about everything.",
    everything: "Everything",
    chosen: "Only these topics",
    rhythm: "How often",
    cadences: {
      immediate: { name: "As it happens", hint: "A short mail each time something is published or changes" },
      daily: { name: "Daily", hint: "On days when there is something to read" },
      weekly: { name: "Weekly", hint: "When there is something to read" },
      monthly: { name: "Monthly", hint: "When there is something to read" },
    },
    zone: "Time zone",
    zoneHint: "Editions leave in the morning of this zone.",
    locale: "Language",
  },

  wrong: (field, text) => {
    if (field === "email") return text.endsWith(".") ? text : "Enter an email address such as name@example.org.";
    if (field === "timezone") return "Choose a time zone from the list.";
    if (field === "topics") return "Choose from the topics listed.";
    if (field === "cadence") return "Choose one of the rhythms listed.";
    return "Choose one of the values offered.";
  },

  inbox: {
    title: "Check your inbox",
    sent: "We have written to",
    next: "Open that mail and confirm there. Until you do, nothing else is sent.",
    nothing: "Nothing there after a few minutes? Look among the unwanted mail.",
    mend: "The address has a typo",
    mendButton: "Use this address instead",
  },

  confirm: {
    ask: {
      title: "Confirm your subscription",
      text: "One button, and your subscription begins. If you did not ask for this, close the page: nothing will be sent.",
    },
    button: "Yes, subscribe me",
    already: {
      title: "You are already in",
      text: "This subscription was confirmed before. There is nothing more to do.",
    },
    expired: {
      title: "This link has expired",
      text: "Confirmation links work for three days. Enter your address again and we send a new one.",
    },
    unknown: {
      title: "This link does not open anything",
      text: "It may have been cut short on its way, or the request behind it has been withdrawn. You can enter your address again.",
    },
    done: "You are in",
    next: {
      immediate: () => "You will hear from us as soon as something is published or changes.",
      daily: (day) => `The next edition is on ${day}, if there is something new to read.`,
      weekly: (day) => `The next edition is on ${day}, if there is something new to read.`,
      monthly: (day) => `The next edition is on ${day}, if there is something new to read.`,
    },
    optional:
      "If you like, choose your topics and how often you hear from us. You can also do that later: the link is in every mail.",
    preferences: "Choose topics and rhythm",
    again: "Enter your address again",
  },

  notMe: {
    ask: {
      title: "This was not you?",
      text: "Someone entered your address on our form. Press the button and we forget the request and the address.",
    },
    button: "Forget this request",
    done: {
      title: "Forgotten",
      text: "Thank you for telling us. The unconfirmed request is gone, and nothing will be sent because of it.",
    },
  },

  leave: {
    ask: { title: "Leave this newsletter", text: "One button, and nothing more will come." },
    button: "Unsubscribe",
    done: { title: "You have left", text: "Nothing more will come." },
    undo: "Left by mistake?",
    undoLink: "Subscribe again",
  },

  preferences: {
    title: "Your preferences",
    text: "Change anything, then save once at the end.",
    address: "This subscription goes to",
    privacy: "Privacy",
    discreet: "Discreet mode",
    discreetHint: "Sender, subject and first lines do not say who writes or what about.",
    pause: "Pause",
    pauseKeep: (day) => `Stay paused until ${day}`,
    pauseEnd: "End the pause now",
    pauseNone: "No pause",
    weeks: (count) => (count === 1 ? "For 1 week" : `For ${count} weeks`),
    save: "Save preferences",
    saved: ({ cadence, topics, pausedUntil }) => {
      const about = topics === 0 ? "everything" : topics === 1 ? "1 topic" : `${topics} topics`;
      const choice = `Saved. You get ${RHYTHM[cadence]}, about ${about}.`;
      return pausedUntil === null
        ? choice
        : `${choice} Until ${pausedUntil} nothing is sent but the correction of something you were sent.`;
    },
    chooseOne: "Choose at least one topic, or everything.",
    data: "Your data",
    dataText: "A file with all that we hold about you: your address, your choices, and when you agreed to what.",
    export: "Download my data",
    leave: "Leave",
    leaveText: "No more mail. You can come back whenever you like.",
    leaveButton: "Unsubscribe",
    erase: "Erase",
    eraseText: "Ends the subscription and deletes your address.",
    eraseButton: "Erase my data",
    eraseAsk: {
      title: "Erase your data?",
      text: "Your address and choices are deleted at once. We keep a scrambled mark that cannot be turned back into your address, so that nobody can sign it up again by accident. This cannot be undone.",
    },
    eraseConfirm: "Yes, erase everything",
    erased: {
      title: "Your data is erased",
      text: "Your address and choices are deleted. Nothing more will come.",
    },
    back: "Back to preferences",
    departed: {
      title: "You have left",
      text: "Nothing is sent to you any more. Your address is kept only so that no import brings it back.",
    },
  },

  archive: {
    title: "Earlier editions",
    text: "What we sent, as it was sent.",
    empty: "Nothing has been sent yet. The first edition will stand here once it has left.",
    older: "Older editions",
    feed: "Follow as a feed",
  },

  changes: {
    kicker: "What changed",
    title: (article) => `What changed: ${article}`,
    text: "Every version of this article that we have seen, newest first.",
    read: "Read the article",
    version: (number) => `Version ${number}`,
    first: "The first version that we have seen.",
    taken: (day) => `seen ${day}`,
    kinds: { published: "New", "re-reviewed": "Re-reviewed", corrected: "Corrected" },
    noEvent: "Edited",
    firstSeen: "First seen",
    added: "New section.",
    removed: "No longer part of the article.",
    renamed: (before) => `Was called “${before}” before.`,
    moved: "Moved to another place.",
    changed: "The text of this section changed.",
    nothing: "The sections read the same as before.",
    published: "First published",
    updated: "Last updated",
    reviewed: "Last reviewed",
    reviewers: "Reviewed by",
    references: "References",
    referencesAdded: "References added",
    referencesRemoved: "References removed",
    reviewersAdded: "Reviewers added",
    reviewersRemoved: "Reviewers no longer named",
    editorNote: "From the editor",
  },

  errors: {
    missing: { title: "There is no page here", text: "The address may have a typo, or the page has moved." },
    link: {
      title: "This link does not open anything",
      text: "It may have been cut short on its way, or what it belonged to is gone. Every mail from us carries fresh links.",
    },
    method: { title: "This page cannot do that", text: "Go back and use the buttons on the page." },
    large: {
      title: "That was too much at once",
      text: "What was sent is larger than this page takes. Nothing was changed.",
    },
    limited: {
      title: "Please try again later",
      text: "Too many sign-ups came from this network within the hour. Nothing was lost: the form is open again soon.",
    },
    foreign: {
      title: "This came from another site",
      text: "For your safety, forms here work only from our own pages. Nothing was changed.",
    },
    invalid: {
      title: "That could not be read",
      text: "Something in the form was not as expected. Nothing was changed.",
    },
    failed: { title: "Something went wrong on our side", text: "Nothing was lost. Please try again in a few minutes." },
    home: "Go to the start page",
    request: (id) => `If you write to us about it, mention ${id}.`,
  },
};
