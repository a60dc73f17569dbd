import type { Context as Http } from "hono";
import type { Context } from "../../context.ts";
import type { Failure } from "../problem.ts";
import { LonePage } from "./desk-page.tsx";
import { words } from "./words.ts";

export function isDesk(path: string): boolean {
  return /^\/admin(?:\/|$)/.test(path);
}

/** Answers an editor with a page that says what happened, in the words of whoever refused where those are for people. */
export function answerDeskError(c: Http, ctx: Context, failure: Failure): Response | Promise<Response> {
  const { title, text } = wordsFor(failure);
  return c.html(
    <LonePage ctx={ctx} title={title}>
      <h1>{title}</h1>
      <p>{text}</p>
      {failure.status >= 500 && <p class="quiet small">{words.errors.request(c.get("requestId"))}</p>}
      <p>
        <a href="/admin">{words.errors.back}</a>
      </p>
    </LonePage>,
    failure.status,
    failure.headers,
  );
}

function wordsFor({ status, detail }: Failure): { title: string; text: string } {
  const { errors } = words;
  if (status === 404) return errors.missing;
  if (status === 403) return detail === null ? errors.foreign : { title: errors.forbidden, text: detail };
  if (status === 413) return errors.large;
  if (status === 429) return errors.limited;
  if (status === 409) return { title: errors.conflict, text: detail ?? errors.failed.text };
  if (status >= 500 && status !== 503) return errors.failed;
  return { title: errors.refused, text: detail ?? errors.failed.text };
}
