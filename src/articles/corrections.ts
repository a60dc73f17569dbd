import type { Db } from "../db/database.ts";
import { type CorrectionFilter, selectCorrections, selectCorrectionVersions } from "./correction-queries.ts";
import type { Severity } from "./table.ts";

/** A correction as it stands for everyone to read. */
export interface Correction {
  /** Number of its article event. */
  seq: number;
  severity: Severity;
  /** What readers were told. */
  wrong: string;
  /** What is right. */
  right: string;
  why: string | null;
  /** The wrong words as the article had them; null when it names a whole version. */
  passage: string | null;
  /** Numbers of the versions that were wrong, rising. */
  versions: number[];
  /** Since when the article said so: the day that its first wrong version gives, else the day it was taken in, in UTC. */
  wrongSince: string;
  /** Milliseconds. */
  correctedAt: number;
  note: string | null;
  slug: string;
  title: string;
  /** Id of the digest that carries the notice. */
  digest: string | null;
}

/** Corrections of one article, or of these event numbers, or all: newest first. */
export async function listCorrections(db: Db, filter: CorrectionFilter): Promise<Correction[]> {
  const rows = await selectCorrections(db, filter);
  const about = await selectCorrectionVersions(
    db,
    rows.map((row) => row.seq),
  );
  return rows.map(({ seq, severity, wrong, correct, why, passage, created_at, note, slug, title, digest }) => {
    const versions = about.filter((version) => version.seq === seq);
    return {
      seq,
      severity: severity ?? "correction",
      wrong,
      right: correct,
      why,
      passage,
      versions: versions.map((version) => version.number),
      wrongSince: sinceWhen(versions[0]) ?? dayOf(created_at),
      correctedAt: created_at,
      note,
      slug,
      title,
      digest,
    };
  });
}

type WrongVersion = Awaited<ReturnType<typeof selectCorrectionVersions>>[number];

/** The first version stood from its publication on, a later one from its update. */
function sinceWhen(version: WrongVersion | undefined): string | null {
  if (!version) return null;
  const { number, published_on, updated_on, taken_at } = version;
  return (number === 1 ? (published_on ?? updated_on) : updated_on) ?? dayOf(taken_at);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
