import { type Frame, localised, Page } from "../ui/page.tsx";
import { Button, EmailField } from "../ui/parts.tsx";
import type { Typed } from "./subscribe.tsx";
import { Trap } from "./trap.tsx";

interface InboxProps {
  frame: Frame;
  typed: Typed;
}

/** What everyone sees after the form, whatever is known of the address: it, and a way to mend a typo in it. */
export function InboxPage({ frame, typed }: InboxProps) {
  const { inbox, form } = frame.messages;
  return (
    <Page frame={frame} title={inbox.title} personal>
      <div class="card stack">
        <h1>{inbox.title}</h1>
        <p>
          {inbox.sent} <span class="address">{typed.email.trim()}</span>. {inbox.next}
        </p>
        <p class="quiet small">{inbox.nothing}</p>
        <details class="bare">
          <summary>{inbox.mend}</summary>
          <form class="inside stack" method="post" action={localised("/subscribe", frame.locale)}>
            <EmailField label={form.email} value={typed.email} wrongs={new Map()} />
            <Kept typed={typed} locale={frame.locale} />
            <Trap label={form.trap} />
            <p>
              <Button>{inbox.mendButton}</Button>
            </p>
          </form>
        </details>
      </div>
    </Page>
  );
}

/** The choices made before, so that mending the address loses none of them. */
function Kept({ typed, locale }: { typed: Typed; locale: string }) {
  const fields = [
    ...typed.topics.map((slug) => ["topics", slug]),
    ["cadence", typed.cadence],
    ["timezone", typed.timezone],
    ["source", typed.source],
    ["locale", locale],
  ];
  return (
    <>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
