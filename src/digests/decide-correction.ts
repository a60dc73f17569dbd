import type { SubscriberStatus } from "../subscribers/words.ts";
import type { Addressee, Decision } from "./decide.ts";

/** A reader who was sent what a correction says is wrong. */
export interface Misinformed extends Addressee {
  status: SubscriberStatus;
  suppressed: string | null;
  /** 0: the letter is still on its way. */
  arrived: number;
}

/**
 * Decides who gets the notice of a correction: every active reader who was sent what was wrong, whatever their rhythm,
 * topics and pause, and nobody else. Whoever has left or cannot be reached has the public notice. Pure.
 */
export function decideCorrection(readers: Misinformed[], seq: number): Decision[] {
  return readers.map((reader): Decision => {
    if (reader.status !== "active") return { reader, excluded: reader.status };
    if (reader.suppressed) return { reader, excluded: "suppressed" };
    return { reader, seqs: [seq], later: reader.arrived === 0 };
  });
}
