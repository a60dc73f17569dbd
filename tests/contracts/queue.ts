import { afterEach, describe, expect, it, vi } from "vitest";
import type { Job, JobHandler, JobName, Queue, WorkOptions } from "../../src/queue/queue.ts";
import { handlersOf, workOptions } from "./queue-handlers.ts";

/** Opens a queue on one store; two queues opened by the same function share it. */
export type OpenQueue = (retries: { attempts: number; backoffMs: number }) => Promise<Queue>;

export interface QueueUnderTest {
  /** A store that holds nothing yet. */
  newStore: () => Promise<OpenQueue>;
  /** Whether several processes can share a store. */
  shared: boolean;
}

const RETRIES = { attempts: 3, backoffMs: 40 };
const job = (key: string, name: JobName = "plan-digest"): Job => ({ name, key });
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Something to wait at until it is opened. */
function newGate() {
  let resolve: (() => void) | undefined;
  const opened = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { opened, open: () => resolve?.() };
}

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000, interval: 10 });

/** What every queue keeps, whichever driver it runs on. */
export function queueContract(name: string, { newStore, shared }: QueueUnderTest): void {
  describe(`queue on ${name}`, () => {
    const opened: Queue[] = [];
    const openOn = async (store: OpenQueue) => {
      const queue = await store(RETRIES);
      opened.push(queue);
      return queue;
    };
    const open = async () => openOn(await newStore());

    afterEach(async () => {
      await Promise.all(opened.splice(0).map((queue) => queue.close()));
    });

    /** Notes the keys that ran, in order. */
    const noting = () => {
      const ran: string[] = [];
      const note: JobHandler = async (key) => {
        ran.push(key);
        return undefined;
      };
      return { ran, note };
    };

    it("runs what is added, with its key", async () => {
      const queue = await open();
      const { ran, note } = noting();
      await queue.work(handlersOf({ "plan-digest": note }), workOptions());
      await queue.add(job("01JD0000000000000000000000"));
      await eventually(() => expect(ran).toEqual(["01JD0000000000000000000000"]));
    });

    it("runs once what is added twice while it waits", async () => {
      const queue = await open();
      const { ran, note } = noting();
      await queue.addMany([job("a"), job("a")]);
      await queue.add(job("a"));
      await queue.add(job("last"), { priority: 11 });
      await queue.work(handlersOf({ "plan-digest": note }), workOptions());
      await eventually(() => expect(ran).toContain("last"));
      expect(ran).toEqual(["a", "last"]);
    });

    it("does nothing when a job is added again while it runs, and runs it again once it is done", async () => {
      const queue = await open();
      const { ran, note } = noting();
      const gate = newGate();
      const slow: JobHandler = async (key) => {
        await note(key);
        await gate.opened;
        return undefined;
      };
      await queue.work(handlersOf({ "plan-digest": slow }), workOptions());
      await queue.add(job("a"));
      await eventually(() => expect(ran).toEqual(["a"]));
      await queue.add(job("a"));
      gate.open();
      await eventually(async () => expect((await queue.depth()).work).toEqual({ waiting: 0, delayed: 0, active: 0 }));
      expect(ran).toEqual(["a"]);
      await queue.add(job("a"));
      await eventually(() => expect(ran).toEqual(["a", "a"]));
    });

    it("keeps jobs of different names with the same key apart", async () => {
      const queue = await open();
      const { ran, note } = noting();
      const other: JobHandler = (key) => note(`event ${key}`);
      await queue.work(handlersOf({ "plan-digest": note, "apply-event": other }), workOptions());
      await queue.addMany([job("a"), job("a", "apply-event")]);
      await eventually(() => expect(ran).toEqual(["a", "event a"]));
    });

    it("waits at least as long as it is asked to", async () => {
      const queue = await open();
      let ranAt = 0;
      const run: JobHandler = async () => {
        ranAt = Date.now();
        return undefined;
      };
      await queue.work(handlersOf({ "plan-digest": run }), workOptions());
      const before = Date.now();
      await queue.add(job("a"), { delayMs: 400 });
      expect((await queue.depth()).work).toEqual({ waiting: 0, delayed: 1, active: 0 });
      await eventually(() => expect(ranAt).toBeGreaterThan(0));
      expect(ranAt - before).toBeGreaterThanOrEqual(395);
    });

    it("runs lower priorities first, and equals in the order they came", async () => {
      const queue = await open();
      const { ran, note } = noting();
      await queue.addMany([job("edition 1"), job("edition 2"), job("edition 3")]);
      await queue.add(job("person"), { priority: 1 });
      await queue.work(handlersOf({ "plan-digest": note }), workOptions());
      await eventually(() => expect(ran).toEqual(["person", "edition 1", "edition 2", "edition 3"]));
    });

    it("counts what waits, by lane", async () => {
      const queue = await open();
      await queue.addMany([job("a"), job("b"), job("c", "deliver-batch"), job("e", "poll-source")]);
      await queue.add(job("d"), { delayMs: 60_000 });
      expect(await queue.depth()).toEqual({
        send: { waiting: 1, delayed: 0, active: 0 },
        work: { waiting: 2, delayed: 1, active: 0 },
        fetch: { waiting: 1, delayed: 0, active: 0 },
      });
    });

    it("runs a job again after the time its handler named, more often than a failing job would be tried", async () => {
      const queue = await open();
      const times: number[] = [];
      const run: JobHandler = async () => (times.push(Date.now()) < 6 ? { again: 60 } : undefined);
      await queue.work(handlersOf({ "plan-digest": run }), workOptions());
      await queue.add(job("a"));
      await eventually(() => expect(times).toHaveLength(6));
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(55);
    });

    it("rests the whole lane when a handler asks for silence, and only that lane, and loses nothing", async () => {
      const queue = await open();
      const ran: { key: string; at: number }[] = [];
      const send: JobHandler = async (key) => {
        ran.push({ key, at: Date.now() });
        return ran.length === 1 ? { throttle: 700 } : undefined;
      };
      const { ran: worked, note } = noting();
      await queue.addMany([job("a", "deliver-batch"), job("b", "deliver-batch"), job("c", "deliver-batch")]);
      await queue.work(handlersOf({ "deliver-batch": send, "plan-digest": note }), workOptions());
      await eventually(() => expect(ran).toHaveLength(1));
      await queue.add(job("meanwhile"));
      await eventually(() => expect(worked).toEqual(["meanwhile"]));
      expect(ran).toHaveLength(1);
      await eventually(() => expect(ran).toHaveLength(4));
      expect(ran.map(({ key }) => key).sort()).toEqual(["a", "a", "b", "c"]);
      expect((ran[1]?.at ?? 0) - (ran[0]?.at ?? 0)).toBeGreaterThanOrEqual(690);
    });

    it("does not count silence as a failed attempt", async () => {
      const queue = await open();
      let runs = 0;
      const send: JobHandler = async () => (++runs < 6 ? { throttle: 60 } : undefined);
      await queue.work(handlersOf({ "deliver-batch": send }), workOptions());
      await queue.add(job("a", "deliver-batch"));
      await eventually(() => expect(runs).toBe(6));
      await eventually(async () => expect((await queue.depth()).send).toEqual({ waiting: 0, delayed: 0, active: 0 }));
    });

    it("tries a job that throws again, tells each error, and then drops it so that it may be added anew", async () => {
      const queue = await open();
      const told: [string, Job, boolean][] = [];
      const onError: WorkOptions["onError"] = (error, failed, willRetry) => {
        told.push([String(error), failed, willRetry]);
      };
      const run: JobHandler = async () => {
        throw new Error("broken");
      };
      await queue.work(handlersOf({ "plan-digest": run }), workOptions({ onError }));
      await queue.add(job("a"));
      const line = (willRetry: boolean) => ["Error: broken", job("a"), willRetry];
      await eventually(() => expect(told).toEqual([line(true), line(true), line(false)]));
      await eventually(async () => expect((await queue.depth()).work).toEqual({ waiting: 0, delayed: 0, active: 0 }));
      await queue.add(job("a"));
      await eventually(() => expect(told).toHaveLength(6));
    });

    it("goes on with other jobs while one waits for its next attempt", async () => {
      const queue = await open();
      const { ran, note } = noting();
      const run: JobHandler = async (key) => {
        if (key === "broken" && !ran.includes("fine")) throw new Error("not yet");
        return note(key);
      };
      await queue.work(handlersOf({ "plan-digest": run }), workOptions({ onError: () => undefined }));
      await queue.addMany([job("broken"), job("fine")]);
      await eventually(() => expect(ran).toEqual(["fine", "broken"]));
    });

    it("repeats what is scheduled, with its key, however often it is declared", async () => {
      const queue = await open();
      const { ran, note } = noting();
      await queue.work(handlersOf({ sweep: note }), workOptions());
      const began = Date.now();
      while (Date.now() - began < 2000) {
        await queue.schedule(job("all", "sweep"), 250);
        await sleep(40);
      }
      // Eight intervals and the run at once; a job may come a little late, none comes twice.
      expect(ran.length).toBeGreaterThanOrEqual(5);
      expect(ran.length).toBeLessThanOrEqual(10);
      expect(new Set(ran)).toEqual(new Set(["all"]));
    });

    it("changes the interval of what is scheduled when it is declared with another", async () => {
      const queue = await open();
      const { ran, note } = noting();
      await queue.work(handlersOf({ sweep: note }), workOptions());
      await queue.schedule(job("all", "sweep"), 3_600_000);
      await queue.schedule(job("all", "sweep"), 100);
      await eventually(() => expect(ran.length).toBeGreaterThanOrEqual(4));
    });

    it("starts no more jobs of a lane than its limit allows, over all its workers", async () => {
      const store = await newStore();
      const queues = [await openOn(store), ...(shared ? [await openOn(store)] : [])];
      const starts: number[] = [];
      const send: JobHandler = async () => {
        starts.push(Date.now());
        return undefined;
      };
      await queues[0]?.limit("send", 3, 600);
      await queues[0]?.addMany([..."abcdefgh"].map((key) => job(key, "deliver-batch")));
      const options = workOptions({ concurrency: { send: 4, work: 1, fetch: 1 } });
      await Promise.all(queues.map((queue) => queue.work(handlersOf({ "deliver-batch": send }), options)));
      await eventually(() => expect(starts).toHaveLength(8));
      const after = starts.map((start) => start - (starts[0] ?? 0));
      expect(after[2]).toBeLessThan(500);
      // The window opens with the first claim, a little before that job's handler runs.
      expect(after[3]).toBeGreaterThanOrEqual(450);
      expect(after[6]).toBeGreaterThanOrEqual(1050);
    });

    it("runs as many jobs at once as the lane's concurrency, and no more", async () => {
      const queue = await open();
      let now = 0;
      let most = 0;
      const run: JobHandler = async () => {
        most = Math.max(most, ++now);
        await sleep(20);
        now--;
        return undefined;
      };
      await queue.addMany(Array.from({ length: 30 }, (_, index) => job(`k${index}`)));
      await queue.work(
        handlersOf({ "plan-digest": run }),
        workOptions({ concurrency: { send: 1, work: 5, fetch: 1 } }),
      );
      await eventually(async () => expect((await queue.depth()).work).toEqual({ waiting: 0, delayed: 0, active: 0 }));
      expect(most).toBe(5);
    });

    it("waits for the job under way when its worker closes, and leaves the others to the next worker", async () => {
      const store = await newStore();
      const queue = await openOn(store);
      const next = shared ? await openOn(store) : queue;
      const { ran, note } = noting();
      const gate = newGate();
      const slow: JobHandler = async (key) => {
        await gate.opened;
        return note(`first ${key}`);
      };
      await queue.addMany([job("a"), job("b"), job("c")]);
      const worker = await queue.work(handlersOf({ "plan-digest": slow }), workOptions());
      await eventually(async () => expect((await queue.depth()).work.active).toBe(1));
      let closed = false;
      const closing = worker.close().then(() => {
        closed = true;
      });
      await sleep(150);
      expect(closed).toBe(false);
      gate.open();
      await closing;
      expect(ran).toEqual(["first a"]);
      await next.work(handlersOf({ "plan-digest": note }), workOptions());
      await eventually(() => expect(ran).toEqual(["first a", "b", "c"]));
    });

    it("runs each of two thousand jobs once", async () => {
      const queue = await open();
      const { ran, note } = noting();
      const options = workOptions({ concurrency: { send: 1, work: 20, fetch: 1 } });
      await queue.work(handlersOf({ "plan-digest": note }), options);
      await queue.addMany(Array.from({ length: 2000 }, (_, index) => job(`k${index}`)));
      await eventually(() => expect(ran.length).toBeGreaterThanOrEqual(2000));
      expect(new Set(ran).size).toBe(2000);
      expect(ran).toHaveLength(2000);
    });

    it("answers a ping until it is closed, and refuses jobs after", async () => {
      const queue = await open();
      await queue.ping();
      await queue.close();
      await expect(queue.ping()).rejects.toThrow();
      await expect(queue.add(job("a"))).rejects.toThrow();
    });

    it("can be closed twice", async () => {
      const queue = await open();
      const worker = await queue.work(handlersOf({}), workOptions());
      await worker.close();
      await worker.close();
      await queue.close();
      await queue.close();
    });
  });
}
