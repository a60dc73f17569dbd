import type { DigestReport } from "../../digests/index.ts";
import type { Tone } from "./parts.tsx";
import { words } from "./words.ts";

export const DIGEST_TONES: Record<DigestReport["status"], Tone> = {
  draft: "",
  scheduled: "busy",
  sending: "busy",
  paused: "warn",
  sent: "good",
  cancelled: "",
};

/** What kind of digest it is, in words. */
export function digestKind({ mode, cadence }: Pick<DigestReport, "mode" | "cadence">): string {
  const name = words.digest.modes[mode];
  return cadence === null ? name : `${words.digest.cadences[cadence] ?? cadence} · ${name.toLowerCase()}`;
}

export function digestTitle({ subject }: Pick<DigestReport, "subject">): string {
  return subject ?? words.digest.untitled;
}

export function digestPath({ id }: Pick<DigestReport, "id">): string {
  return `/admin/digests/${id}`;
}
