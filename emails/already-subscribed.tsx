/** @jsxImportSource react */
import { ServiceMail } from "./_components/service-mail.tsx";
import { footerView } from "./_footer.ts";
import { messagesFor } from "./_messages/index.ts";
import { oneLine } from "./_plain.ts";
import type { AlreadySubscribedProps } from "./_props.ts";
import { sampleFrame, sampleLinks } from "./_sample.ts";
import { type ServiceView, serviceLetter } from "./_service.ts";

function view({ site, locale, discreet, preferencesUrl, unsubscribeUrl }: AlreadySubscribedProps): ServiceView {
  const messages = messagesFor(locale);
  const words = messages.already.words(site.name);
  return {
    lang: locale,
    dir: messages.dir,
    subject: oneLine(discreet ? messages.discreet.alreadySubject : messages.already.subject(site.name)),
    preheader: discreet ? messages.discreet.servicePreheader : words.preheader,
    wordmark: discreet ? messages.discreet.wordmark : site.name,
    words,
    url: preferencesUrl,
    aside: null,
    footer: footerView(site, messages.footer.reason(site.name), [
      { label: messages.footer.preferences, url: preferencesUrl },
      { label: messages.footer.unsubscribe, url: unsubscribeUrl },
    ]),
  };
}

export const subject = (props: AlreadySubscribedProps) => view(props).subject;
export const text = (props: AlreadySubscribedProps) => serviceLetter(view(props));

export default function AlreadySubscribed(props: AlreadySubscribedProps) {
  return <ServiceMail view={view(props)} />;
}

AlreadySubscribed.PreviewProps = { ...sampleFrame, ...sampleLinks } satisfies AlreadySubscribedProps;
