import type { Mailer } from "../../src/mail/mailer.ts";

/** A mailer that takes everything at once and remembers which delivery it took when, in numbers only. */
export interface Recorder {
  mailer: Mailer;
  /** When this delivery was taken; undefined when never. */
  takenAt(deliveryId: number): number | undefined;
  /** Editions taken. */
  count(): number;
  /** Deliveries that were taken more than once. */
  repeated(): number;
}

export function createRecorder(clock: () => number): Recorder {
  let times = new Float64Array(1024);
  let [count, repeated] = [0, 0];

  const note = (id: number, at: number): void => {
    if (id >= times.length) {
      const larger = new Float64Array(Math.max(id + 1, times.length * 2));
      larger.set(times);
      times = larger;
    }
    if (times[id]) repeated += 1;
    times[id] = at;
    count += 1;
  };

  const mailer: Mailer = {
    driver: "capture",
    maxBatch: 100,
    keyLifeMs: Number.MAX_SAFE_INTEGER,
    send: async (messages, { idempotencyKey }) => {
      for (const { tags } of messages) if (tags.digest) note(Number(tags.delivery?.slice(1)), clock());
      return { kind: "accepted", ids: messages.map((_, place) => `${idempotencyKey}/${place}`) };
    },
    check: async () => undefined,
    close: async () => undefined,
  };
  return { mailer, takenAt: (id) => times[id] || undefined, count: () => count, repeated: () => repeated };
}
