import fc from "fast-check";
import { takeIn } from "../../../src/articles/index.ts";
import {
  cancelDigest,
  draftDigest,
  pauseDigest,
  resumeDigest,
  retryDigest,
  sendDigest,
} from "../../../src/digests/index.ts";
import { ConflictError } from "../../../src/errors.ts";
import { articlePage } from "../../support/article-page.ts";
import { type Act, act, pick } from "./act.ts";
import { ARTICLES, type Edition, latest, type Oracle, type Wishes } from "./oracle.ts";
import { cancelEdition, retryEdition, startEdition } from "./oracle-editions.ts";
import { heldKeys } from "./rows.ts";
import type { Life } from "./world.ts";

const CATEGORIES = ["Depression", "Anxiety", "Bipolar"];
/** Takes of an article are days of one month. */
const LAST_DAY = 28;
const at = fc.nat(20);

/** A page appears, or is reviewed again. */
const publish = fc
  .nat(2)
  .map((article) => act(`publish ${ARTICLES[article]}`, (life) => publishArticle(life, article)));

export async function publishArticle({ world: { ctx }, oracle }: Life, article: number): Promise<void> {
  const take = (oracle.takes[article] ?? 0) + 1;
  if (take > LAST_DAY) return;
  oracle.takes[article] = take;
  const html = articlePage({
    title: `${ARTICLES[article]}, take ${take}`,
    category: CATEGORIES[article] ?? "",
    published: "February 1, 2025",
    reviewed: `March ${take}, 2025`,
    sections: { "What is new": `This is state number ${take} of it, and what stood here before is gone.` },
  });
  await takeIn(ctx, { html, url: `https://calm.example/articles/${ARTICLES[article]?.toLowerCase()}` });
  oracle.events.push({ seq: latest(oracle) + 1, article, take });
}

interface Draft {
  /** Which events, as bits; null: what is new. */
  picked: number | null;
  cadence: Wishes["cadence"] | null;
  send: boolean;
}

const draft = fc
  .record<Draft>({
    picked: fc.option(fc.integer({ min: 1, max: 255 })),
    cadence: fc.constantFrom(null, null, "weekly"),
    send: fc.boolean(),
  })
  .map((what) =>
    act(`draft ${JSON.stringify(what)}`, async (life) => {
      const edition = await draftEdition(life, what);
      if (edition && what.send) await send(life, edition);
    }),
  );

export async function draftEdition(
  { world: { ctx }, oracle }: Life,
  { picked, cadence }: Draft,
): Promise<Edition | null> {
  const seqs = oracle.events.map(({ seq }) => seq).filter((seq) => picked !== null && (picked >> (seq % 8)) % 2 === 1);
  if (picked !== null && seqs.length === 0) return null;
  const { uid } = await draftDigest(ctx, {
    ...(picked === null ? {} : { events: seqs }),
    ...(cadence === null ? {} : { cadence }),
  });
  const edition: Edition = {
    uid,
    picked: picked === null ? null : seqs,
    cadence,
    status: "draft",
    events: [],
    from: 0,
    upto: 0,
    plannedTo: 0,
    planned: false,
    candidates: 0,
    excluded: new Map(),
  };
  oracle.editions.push(edition);
  return edition;
}

/** Triggers an edition; triggering one that is on its way does nothing again. */
export async function send({ world: { ctx }, oracle }: Life, edition: Edition): Promise<void> {
  const may = edition.status === "draft" ? startEdition(oracle, edition) : edition.status !== "cancelled";
  await expectAllowed(oracle, `sending (${edition.status})`, may, () => sendDigest(ctx, edition.uid));
}

const onEdition = (name: string, run: (life: Life, edition: Edition) => Promise<void>): fc.Arbitrary<Act> =>
  at.map((place) =>
    act(`${name} ${place}`, async (life) => {
      const edition = pick(life.oracle.editions.toReversed(), place);
      if (edition) await run(life, edition);
    }),
  );

export async function pause({ world: { ctx }, oracle }: Life, edition: Edition): Promise<void> {
  const may = ["sending", "paused"].includes(edition.status);
  if (may) edition.status = "paused";
  await expectAllowed(oracle, "pausing", may, () => pauseDigest(ctx, edition.uid));
}

export async function resume({ world: { ctx }, oracle }: Life, edition: Edition): Promise<void> {
  const may = ["sending", "paused"].includes(edition.status);
  if (may) edition.status = "sending";
  await expectAllowed(oracle, "resuming", may, () => resumeDigest(ctx, edition.uid));
}

export async function cancel({ world: { ctx }, oracle }: Life, edition: Edition): Promise<void> {
  const may = edition.status !== "sent";
  if (may) cancelEdition(oracle, edition, await heldKeys(ctx));
  await expectAllowed(oracle, "cancelling", may, () => cancelDigest(ctx, edition.uid));
}

export async function retry({ world: { ctx }, oracle }: Life, edition: Edition): Promise<void> {
  const may = ["sending", "paused", "sent"].includes(edition.status);
  const expected = may ? retryEdition(oracle, edition) : 0;
  await expectAllowed(oracle, "retrying", may, async () => {
    const { retried } = await retryDigest(ctx, edition.uid);
    if (retried !== expected) oracle.faults.push(`${retried} sent again instead of ${expected}`);
  });
}

async function expectAllowed(oracle: Oracle, what: string, may: boolean, run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
    if (!may) oracle.faults.push(`${what} is allowed`);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    if (may) oracle.faults.push(`${what} is refused: ${error.message}`);
  }
}

export const editorActs = {
  publish,
  draft,
  send: onEdition("send", send),
  pause: onEdition("pause", pause),
  resume: onEdition("resume", resume),
  cancel: onEdition("cancel", cancel),
  retry: onEdition("retry", retry),
};
