import { render } from "@react-email/components";
import { createElement, type ReactElement } from "react";
import { type DigestPress, digestPress } from "./_digest/press.tsx";
import { checkLinks } from "./_links.ts";
import type { MailName, MailProps, RenderedMail } from "./_props.ts";
import * as alreadySubscribed from "./already-subscribed.tsx";
import * as confirm from "./confirm.tsx";
import * as correction from "./correction.tsx";
import * as digest from "./digest.tsx";
import * as reviewReminder from "./review-reminder.tsx";
import * as welcome from "./welcome.tsx";

export type { DigestPress } from "./_digest/press.tsx";
export { BadLinkError } from "./_links.ts";
export type * from "./_props.ts";

interface Mail<P> {
  default: (props: P) => ReactElement;
  subject: (props: P) => string;
  text: (props: P) => string;
}

const mails: { [N in MailName]: Mail<MailProps[N]> } = {
  confirm,
  welcome,
  "already-subscribed": alreadySubscribed,
  digest,
  correction,
  "review-reminder": reviewReminder,
};

/** Loads what rendering needs, which takes a good part of a second, before the first mail waits for it. */
export async function loadRenderer(): Promise<void> {
  await render(createElement("p"));
}

/**
 * Renders one mail. Every address in the props comes through as it was given, so one that holds a placeholder can be
 * merged later, in both parts.
 * @throws BadLinkError when an address is not http or https; nothing is rendered then.
 */
export async function renderMail<N extends MailName>(name: N, props: MailProps[N]): Promise<RenderedMail> {
  checkLinks(props);
  const mail: Mail<MailProps[N]> = mails[name];
  return {
    subject: mail.subject(props),
    html: await render(createElement(mail.default, props)),
    text: mail.text(props),
  };
}

/** A press for editions of the same items: it renders each piece once, and the pieces that a reader gets are put together. */
export function openDigestPress(): DigestPress {
  return digestPress((props) => renderMail("digest", props));
}
