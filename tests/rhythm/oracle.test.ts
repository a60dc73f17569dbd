import { describe, expect, it } from "vitest";
import { type Choice, createOracle, editionsOf, Log } from "./oracle.ts";
import { judge } from "./verdict.ts";

const rules = { sendHour: 8, sendDay: 2, cap: null };
const at = (iso: string) => Date.parse(`${iso}Z`);
const choice: Choice = { topics: [], cadence: "daily", timezone: "UTC" };
const HOUR = 3_600_000;

/** A log with a look every hour of January 13th to 16th, 2026, and what `write` adds at each hour before the look. */
function hourly(write: (log: Log, hour: string, now: number) => void): Log {
  const log = new Log();
  for (let now = at("2026-01-13T00:00"); now < at("2026-01-17T00:00"); now += HOUR) {
    write(log, new Date(now).toISOString().slice(8, 13), now);
    log.all({ kind: "look", at: now });
  }
  return log;
}

const tellings = (log: Log, cap: number | null = null) =>
  createOracle(log, { ...rules, cap })(1).map((one) => [one.seq, new Date(one.at).toISOString().slice(8, 13)]);

describe("the oracle", () => {
  it("tells a reader what happened since they came, at the hour, and forgets what did not match then", () => {
    const log = hourly((now, hour, time) => {
      if (hour === "13T01") now.all({ kind: "event", at: time, seq: 1, topics: [] });
      if (hour === "13T02") now.one(1, { kind: "join", at: time, choice: { ...choice, topics: ["adhd"] } });
      if (hour === "13T03") now.all({ kind: "event", at: time, seq: 2, topics: ["adhd", "bipolar"] });
      if (hour === "13T04") now.all({ kind: "event", at: time, seq: 3, topics: ["bipolar"] });
      if (hour === "13T09") now.one(1, { kind: "change", at: time, choice });
      if (hour === "13T10") now.all({ kind: "event", at: time, seq: 4, topics: ["bipolar"] });
    });
    expect(tellings(log)).toEqual([
      [2, "13T08"],
      [4, "14T08"],
    ]);
  });

  it("lets everything wait for a reader who pauses, and nothing for one who left", () => {
    const log = hourly((now, hour, time) => {
      if (hour === "13T00") now.one(1, { kind: "join", at: time, choice });
      if (hour === "13T01") now.one(1, { kind: "pause", at: time, until: at("2026-01-14T09:00") });
      if (hour === "13T02") now.all({ kind: "event", at: time, seq: 1, topics: [] });
      if (hour === "15T09") now.one(1, { kind: "leave", at: time });
      if (hour === "15T10") now.all({ kind: "event", at: time, seq: 2, topics: [] });
    });
    expect(tellings(log)).toEqual([[1, "15T08"]]);
  });

  it("lets everything wait for a reader who had as many mails as a week holds", () => {
    const log = hourly((now, hour, time) => {
      if (hour === "13T00") now.one(1, { kind: "join", at: time, choice: { ...choice, cadence: "immediate" } });
      if (hour === "13T05") now.all({ kind: "event", at: time, seq: 1, topics: [] });
      if (hour === "13T06") now.all({ kind: "event", at: time, seq: 2, topics: [] });
    });
    expect(tellings(log)).toHaveLength(2);
    expect(tellings(log, 1)).toEqual([[1, "13T05"]]);
  });

  it("tells what an editor picked once, whenever it happened", () => {
    const log = hourly((now, hour, time) => {
      if (hour === "13T00") now.all({ kind: "event", at: time, seq: 1, topics: [] });
      if (hour === "13T01") now.one(1, { kind: "join", at: time, choice });
      if (hour === "13T02") now.all({ kind: "event", at: time, seq: 2, topics: [] });
      if (hour === "13T03") now.all({ kind: "send", at: time, picked: [1, 2] });
      if (hour === "13T09") now.all({ kind: "send", at: time, picked: [2] });
    });
    expect(tellings(log)).toEqual([
      [1, "13T03"],
      [2, "13T03"],
    ]);
  });

  it("knows the hour in every zone on the days the clocks change", () => {
    const around = (zone: string, day: string, sendHour: number) => {
      const noon = at(`${day}T12:00`);
      const editions = editionsOf("daily", zone, noon - 26 * HOUR, noon + 26 * HOUR, { ...rules, sendHour });
      return editions.map((time) => new Date(time).toISOString().slice(5, 16));
    };
    expect(around("Europe/Madrid", "2026-03-29", 8)).toContain("03-29T06:00");
    expect(around("Europe/Madrid", "2026-03-29", 2)).toContain("03-29T01:00");
    expect(around("Europe/Madrid", "2026-10-25", 2)).toContain("10-25T00:00");
    expect(around("Europe/Madrid", "2026-10-25", 2)).not.toContain("10-25T01:00");
    expect(around("Australia/Lord_Howe", "2026-10-03", 2)).toContain("10-03T15:30");
    expect(around("Pacific/Kiritimati", "2026-06-01", 8)).toContain("06-01T18:00");
    expect(around("Asia/Kathmandu", "2026-06-01", 8)).toContain("06-01T02:15");
  });
});

describe("holding mails against the oracle", () => {
  const expected = [{ seq: 1, at: 10, since: 10 }];

  it("finds nothing wrong with what is right", () => {
    expect(judge(expected, [{ seq: 1, at: 10 }])).toEqual({ pairs: 1, twice: 0, missed: 0, uninvited: 0, late: 0 });
  });

  it.each([
    ["twice", [1, 1], 10],
    ["missed", [], 10],
    ["uninvited", [1, 2], 10],
    ["late", [1], 11],
  ] as const)("finds what was told wrongly: %s", (what, seqs, time) => {
    const verdict = judge(
      expected,
      seqs.map((seq) => ({ seq, at: time })),
    );
    expect(verdict[what]).toBe(1);
  });

  it("finds a mail late that left at the look the oracle says, but more than an hour after it was due", () => {
    expect(judge([{ seq: 1, at: 10 + HOUR, since: 10 }], [{ seq: 1, at: 10 + HOUR }]).late).toBe(1);
  });
});
