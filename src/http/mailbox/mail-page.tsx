import type { CapturedMail } from "../../mail/captured.ts";
import { sayTime } from "../ui/days.ts";
import { type Frame, Page } from "../ui/page.tsx";

const TABS = { html: "HTML", text: "Text", headers: "Headers", source: "Source" } as const;
export type Tab = keyof typeof TABS;

export function isTab(text: string | undefined): text is Tab {
  return text !== undefined && Object.hasOwn(TABS, text);
}

interface MailPageProps {
  frame: Frame;
  mail: CapturedMail;
  part: Tab;
  /** RFC 5322 text; only looked at on its own tab. */
  source: string;
  timezone: string;
}

/** One captured mail, as a mail program shows it, as its plain text, and as it would travel. */
export function MailPage({ frame, mail, part, source, timezone }: MailPageProps) {
  const { id, capturedAt, message } = mail;
  return (
    <Page frame={frame} title={message.subject} personal wide>
      <article class="card stack">
        <p class="small">
          <a href="/mailbox">All captured mail</a>
        </p>
        <h1>{message.subject}</h1>
        <dl class="facts">
          <dt>From</dt>
          <dd>{message.from}</dd>
          <dt>To</dt>
          <dd>{message.to}</dd>
          <dt>Captured</dt>
          <dd class="figures">{sayTime(capturedAt, "en-US", timezone)}</dd>
        </dl>
        <nav class="tabs" aria-label="Parts of the mail">
          {Object.entries(TABS).map(([name, label]) => (
            <a href={`/mailbox/${id}?part=${name}`} {...(name === part ? { "aria-current": "page" as const } : {})}>
              {label}
            </a>
          ))}
        </nav>
        <Part mail={mail} part={part} source={source} />
      </article>
    </Page>
  );
}

function Part({ mail: { id, message }, part, source }: Pick<MailPageProps, "mail" | "part" | "source">) {
  if (part === "html") {
    const sandbox = "allow-popups allow-popups-to-escape-sandbox";
    return <iframe class="frame" title="The mail" src={`/mailbox/${id}/html`} sandbox={sandbox} />;
  }
  if (part === "text") return <pre class="source">{message.text}</pre>;
  if (part === "headers") return <HeaderList headers={message.headers} tags={message.tags} />;
  return (
    <>
      <p>
        <a href={`/mailbox/${id}/source`}>Download as .eml</a>
      </p>
      <pre class="source">{source}</pre>
    </>
  );
}

function HeaderList({ headers, tags }: { headers: Record<string, string>; tags: Record<string, string> }) {
  const tagged = Object.entries(tags).map(([name, value]): [string, string] => [`Tag: ${name}`, value]);
  return (
    <dl class="facts">
      {[...Object.entries(headers), ...tagged].map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
