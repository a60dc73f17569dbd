import type { History } from "../../../articles/index.ts";
import { sayDay } from "../../ui/days.ts";
import type { Frame } from "../../ui/page.tsx";

/** Who reviewed an article and when, and how old it is. */
export function ArticleFacts({ frame, article }: { frame: Frame; article: History["article"] }) {
  const { changes: words, tag } = frame.messages;
  const facts: [string, string | null][] = [
    [words.reviewed, article.reviewedOn && sayDay(article.reviewedOn, tag)],
    [words.reviewers, article.reviewers.length > 0 ? new Intl.ListFormat(tag).format(article.reviewers) : null],
    [words.updated, article.updatedOn && sayDay(article.updatedOn, tag)],
    [words.published, article.publishedOn && sayDay(article.publishedOn, tag)],
    [words.references, article.references > 0 ? String(article.references) : null],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value ? (
          <>
            <dt>{name}</dt>
            <dd class="figures" dir="auto">
              {value}
            </dd>
          </>
        ) : null,
      )}
    </dl>
  );
}
