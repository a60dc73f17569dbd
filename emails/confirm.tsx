/** @jsxImportSource react */
import { ServiceMail } from "./_components/service-mail.tsx";
import { footerView } from "./_footer.ts";
import { messagesFor } from "./_messages/index.ts";
import { oneLine } from "./_plain.ts";
import type { ConfirmProps } from "./_props.ts";
import { sampleFrame } from "./_sample.ts";
import { type ServiceView, serviceLetter } from "./_service.ts";

// Nothing here comes from the visitor: the form may have been filled in by someone else.
function view({ site, locale, discreet, confirmUrl, notMeUrl, expiresInHours }: ConfirmProps): ServiceView {
  const messages = messagesFor(locale);
  const words = messages.confirm.words(site.name, expiresInHours);
  return {
    lang: locale,
    dir: messages.dir,
    subject: oneLine(discreet ? messages.discreet.confirmSubject : messages.confirm.subject(site.name)),
    preheader: discreet ? messages.discreet.servicePreheader : words.preheader,
    wordmark: discreet ? messages.discreet.wordmark : site.name,
    words,
    url: confirmUrl,
    aside: { text: messages.confirm.notMe, label: messages.confirm.notMeLink, url: notMeUrl },
    footer: footerView(site, messages.confirm.reason(site.name), []),
  };
}

export const subject = (props: ConfirmProps) => view(props).subject;
export const text = (props: ConfirmProps) => serviceLetter(view(props));

export default function Confirm(props: ConfirmProps) {
  return <ServiceMail view={view(props)} />;
}

Confirm.PreviewProps = {
  ...sampleFrame,
  confirmUrl: "https://news.example.org/confirm/sample",
  notMeUrl: "https://news.example.org/not-me/sample",
  expiresInHours: 72,
} satisfies ConfirmProps;
