import { type Alert, listAlerts } from "../../alerts/index.ts";
import { countArticlesDue } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { listUnknown } from "../../delivery/index.ts";
import { type CorrectionReport, type DigestReport, listCorrectionReports } from "../../digests/index.ts";
import { listSources, type SourceReport } from "../../sources/index.ts";
import { sayMinute } from "../ui/days.ts";
import { digestPath, digestTitle } from "./digest-line.ts";
import { sentence, type Tone } from "./parts.tsx";
import { isGoingOut } from "./reach.tsx";
import { words } from "./words.ts";

/** One thing that an editor should look at. */
export interface Concern {
  tone: Tone;
  title: string;
  /** Null where there is no page for it. */
  href: string | null;
  text: string;
}

/** What needs an editor, most pressing first. `digests` are paused ones and the latest. */
export async function concernsOf(ctx: Context, digests: DigestReport[]): Promise<Concern[]> {
  const { corrections } = await listCorrectionReports(ctx, { limit: 20 });
  const due = await countArticlesDue(ctx);
  const unknown = (await listUnknown(ctx)).filter((one) => one.digest === null);
  return [
    ...(await listAlerts(ctx)).map(ofAlert),
    ...digests.filter(({ status }) => status === "paused").map(ofPaused),
    ...(await listSources(ctx)).flatMap((source) => ofSource(ctx, source)),
    ...digests.filter(({ counts }) => counts.unknown > 0).map(ofUnsure),
    ...(unknown.length > 0 ? [ofUnsureMails(unknown.length)] : []),
    ...corrections.filter(isGoingOut).map(ofCorrection),
    ...(due > 0 ? [ofReviews(ctx, due)] : []),
  ];
}

function ofAlert({ kind, reason }: Alert): Concern {
  return { tone: "bad", title: words.alerts.kinds[kind], href: "/admin/alerts", text: sentence(reason) };
}

function ofPaused(digest: DigestReport): Concern {
  const { paused, pausedText } = words.overview;
  return {
    tone: "warn",
    title: paused(digestTitle(digest)),
    href: digestPath(digest),
    text: sentence(digest.reason ?? pausedText),
  };
}

function ofSource(ctx: Context, { id, url, title, status, failingSince, lastError }: SourceReport): Concern[] {
  if (status !== "failing" && status !== "gone") return [];
  const { failing, gone, since } = words.overview;
  const when = failingSince === null ? [] : [since(sayMinute(failingSince, words.tag, ctx.config.site.timezone))];
  const text = [...when, ...(lastError === null ? [] : [lastError])].join(": ");
  const say = status === "gone" ? gone : failing;
  return [{ tone: "bad", title: say(title ?? url), href: `/admin/sources/${id}`, text: sentence(text) }];
}

function ofUnsure(digest: DigestReport): Concern {
  const { unsure, unsureText } = words.overview;
  const text = unsureText(digest.counts.unknown);
  return { tone: "warn", title: unsure(digestTitle(digest)), href: "/admin/unknown", text };
}

function ofUnsureMails(count: number): Concern {
  const { unsureMails, unsureText } = words.overview;
  return { tone: "warn", title: unsureMails, href: "/admin/unknown", text: unsureText(count) };
}

function ofCorrection({ seq, title, reach }: CorrectionReport): Concern {
  const { correcting, correctingText, decidingText } = words.overview;
  return {
    tone: "busy",
    title: correcting(title),
    href: `/admin/corrections/${seq}`,
    text: reach.complete ? correctingText(reach.queued, reach.told) : decidingText,
  };
}

function ofReviews(ctx: Context, count: number): Concern {
  const { due, dueText } = words.overview;
  return { tone: "warn", title: due(count), href: "/admin/reviews", text: dueText(ctx.config.site.reviewMonths) };
}
