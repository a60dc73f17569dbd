/** @jsxImportSource react */
import { ServiceMail } from "./_components/service-mail.tsx";
import { footerView } from "./_footer.ts";
import { messagesFor } from "./_messages/index.ts";
import { oneLine } from "./_plain.ts";
import type { WelcomeProps } from "./_props.ts";
import { sampleFrame, sampleLinks } from "./_sample.ts";
import { type ServiceView, serviceLetter } from "./_service.ts";

// How many topics, never which: a mail about the subscription does not say what its reader cares about.
function view(props: WelcomeProps): ServiceView {
  const { site, locale, discreet, preferencesUrl } = props;
  const messages = messagesFor(locale);
  const words = messages.welcome.words(site.name, props.cadence, props.topics.length);
  return {
    lang: locale,
    dir: messages.dir,
    subject: oneLine(discreet ? messages.discreet.welcomeSubject : messages.welcome.subject(site.name)),
    preheader: discreet ? messages.discreet.servicePreheader : words.preheader,
    wordmark: discreet ? messages.discreet.wordmark : site.name,
    words,
    url: preferencesUrl,
    aside: { text: null, label: messages.welcome.archive, url: props.archiveUrl },
    footer: footerView(site, messages.footer.reason(site.name), [
      { label: messages.footer.preferences, url: preferencesUrl },
      { label: messages.footer.unsubscribe, url: props.unsubscribeUrl },
    ]),
  };
}

export const subject = (props: WelcomeProps) => view(props).subject;
export const text = (props: WelcomeProps) => serviceLetter(view(props));

export default function Welcome(props: WelcomeProps) {
  return <ServiceMail view={view(props)} />;
}

Welcome.PreviewProps = {
  ...sampleFrame,
  ...sampleLinks,
  cadence: "weekly",
  archiveUrl: "https://news.example.org/archive",
  topics: ["Depression", "Therapy"],
} satisfies WelcomeProps;
