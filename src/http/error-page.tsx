import type { Context as Http } from "hono";
import type { Context } from "../context.ts";
import type { Failure } from "./problem.ts";
import { localeOf } from "./ui/locale.ts";
import type { Messages, Words } from "./ui/messages/index.ts";
import { frameOf, localised } from "./ui/page.tsx";
import { WordsPage } from "./ui/parts.tsx";

const TOKEN_PAGE = /^\/(?:confirm|not-me|unsubscribe|preferences)(?:\/|$)/;

/** Answers a reader with a page that says what happened and where to go. */
export function answerErrorPage(c: Http, ctx: Context, failure: Failure): Response | Promise<Response> {
  const frame = frameOf(ctx, localeOf(c));
  const { errors } = frame.messages;
  const ours = failure.status >= 500;
  return c.html(
    <WordsPage frame={frame} words={wordsFor(errors, failure.status, c.req.path)} personal>
      {ours && <p class="quiet small">{errors.request(c.get("requestId"))}</p>}
      <p>
        <a href={localised("/", frame.locale)}>{errors.home}</a>
      </p>
    </WordsPage>,
    failure.status,
    failure.headers,
  );
}

function wordsFor(errors: Messages["errors"], status: number, path: string): Words {
  if (status === 404) return TOKEN_PAGE.test(path) ? errors.link : errors.missing;
  if (status === 403) return errors.foreign;
  if (status === 405) return errors.method;
  if (status === 413) return errors.large;
  if (status === 429) return errors.limited;
  return status < 500 ? errors.invalid : errors.failed;
}
