import type { CapturedMail } from "../../mail/captured.ts";
import { sayTime } from "../ui/days.ts";
import { type Frame, Page } from "../ui/page.tsx";

interface MailListProps {
  frame: Frame;
  mails: CapturedMail[];
  /** Where the next page begins; null at the end. */
  next: number | null;
  timezone: string;
}

/** Captured mail, newest first. */
export function MailList({ frame, mails, next, timezone }: MailListProps) {
  return (
    <Page frame={frame} title="Captured mail" personal>
      <div class="card stack">
        <h1>Captured mail</h1>
        <p class="quiet">Mail stays here instead of being sent, until a provider is configured.</p>
        {mails.length === 0 ? (
          <p>
            Nothing has been sent yet. <a href="/subscribe">Subscribe</a> with any address to see the first mail.
          </p>
        ) : (
          <ul class="entries">
            {mails.map((mail) => (
              <Entry mail={mail} timezone={timezone} />
            ))}
          </ul>
        )}
        {next !== null && <a href={`/mailbox?before=${next}`}>Older mail</a>}
      </div>
    </Page>
  );
}

function Entry({ mail: { id, capturedAt, message }, timezone }: { mail: CapturedMail; timezone: string }) {
  return (
    <li>
      <h2 class="entry-title">
        <a href={`/mailbox/${id}`}>{message.subject}</a>
      </h2>
      <p class="quiet small">
        To {message.to} ·{" "}
        <time datetime={new Date(capturedAt).toISOString()}>{sayTime(capturedAt, "en-US", timezone)}</time>
      </p>
    </li>
  );
}
