import { sayMoment } from "../ui/days.ts";
import type { Frame } from "../ui/page.tsx";

export interface Edition {
  uid: string;
  subject: string;
  /** Milliseconds since 1970. */
  sentAt: number;
}

interface EditionsProps {
  frame: Frame;
  editions: Edition[];
  timezone: string;
  heading: "h2" | "h3";
}

/** Sent editions as a list: the subject leads to the edition, the day stands under it. */
export function Editions({ frame, editions, timezone, heading: Heading }: EditionsProps) {
  return (
    <ul class="entries">
      {editions.map(({ uid, subject, sentAt }) => (
        <li>
          <Heading class="entry-title">
            <a href={`/archive/${uid}`}>{subject}</a>
          </Heading>
          <p class="quiet small">
            <time datetime={new Date(sentAt).toISOString()}>{sayMoment(sentAt, frame.messages.tag, timezone)}</time>
          </p>
        </li>
      ))}
    </ul>
  );
}
