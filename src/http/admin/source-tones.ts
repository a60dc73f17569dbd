import type { SourceReport } from "../../sources/index.ts";
import type { Tone } from "./parts.tsx";

export const SOURCE_TONES: Record<SourceReport["status"], Tone> = {
  ok: "good",
  waiting: "busy",
  retrying: "warn",
  failing: "bad",
  gone: "bad",
  paused: "",
};
