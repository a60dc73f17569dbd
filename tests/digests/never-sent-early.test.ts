import fc from "fast-check";
import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { sweepDelivery } from "../../src/delivery/index.ts";
import {
  correctArticle,
  getDigest,
  pauseDigest,
  resumeDigest,
  retryDigest,
  sweepDigests,
} from "../../src/digests/index.ts";
import { registry } from "../../workers/registry.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import type { Fault } from "../support/resend-double/index.ts";
import { closeWorlds, NOTHING, openWorld, publish, refuse, start, unaccounted, type World } from "./account-world.ts";

afterEach(closeWorlds);

/** From now on the database itself refuses to call a digest sent while a delivery or batch of it is open. */
async function guard({ ctx }: World): Promise<void> {
  const open = sql.raw(`exists (select 1 from delivery where digest_id = new.id and status = 'queued')
    or exists (select 1 from batch where digest_id = new.id and status in ('filling', 'queued', 'sending'))`);
  if (ctx.engine.name === "sqlite") {
    await sql`create trigger sent_early before update of status on digest when new.status = 'sent' and (${open})
      begin select raise(abort, 'sent early'); end`.execute(ctx.db);
    return;
  }
  await sql`create function sent_early() returns trigger language plpgsql as $$
    begin if ${open} then raise exception 'sent early'; end if; return new; end $$`.execute(ctx.db);
  await sql`create trigger sent_early before update on digest for each row when (new.status = 'sent')
    execute function sent_early()`.execute(ctx.db);
}

const FAULTS: Fault[] = [
  { kind: "reset" },
  { kind: "cut" },
  { kind: "error500", accepted: false },
  { kind: "status", status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "2" } },
];

const act = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("job" as const), pick: fc.nat(99) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("die" as const), pick: fc.nat(99) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("fault" as const), pick: fc.nat(FAULTS.length - 1) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("retry", "pause", "resume", "sweep", "correct"), pick: fc.nat(1) }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** Does one job, or dies in the middle of handing a batch over. */
async function doJob(world: World, pick: number, dies: boolean): Promise<void> {
  const { ctx, jobs, clock } = world;
  const [job] = jobs.splice(pick % Math.max(1, jobs.length), 1);
  if (!job) return;
  const send = () => Promise.reject(new Error("the process died"));
  const handlers = registry(dies ? { ...ctx, mailer: { ...ctx.mailer, send } } : ctx);
  const outcome = await handlers[job.name](job.key).catch((error: Error) => {
    if (error.message !== "the process died") throw error;
  });
  if (!outcome) return;
  if ("rest" in outcome) return;
  clock.advance("again" in outcome ? outcome.again : outcome.throttle);
  jobs.push(job);
}

const attempts: Record<string, (world: World, uid: string) => Promise<unknown>> = {
  retry: ({ ctx }, uid) => retryDigest(ctx, uid),
  pause: ({ ctx }, uid) => pauseDigest(ctx, uid),
  resume: ({ ctx }, uid) => resumeDigest(ctx, uid),
  sweep: async ({ ctx, clock }) => {
    clock.advance(ctx.config.delivery.leaseMs + 10_000);
    await sweepDelivery(ctx);
    await sweepDigests(ctx);
  },
  correct: ({ ctx }) =>
    correctArticle(
      ctx,
      "morning-light",
      { version: 1, severity: "correction", wrong: "80 to 140", right: "90 to 150", why: "Old." },
      null,
    ),
};

/** What the digest's state does not allow is refused, and that is all it is. */
async function play(world: World, uid: string, { kind, pick }: Act): Promise<void> {
  if (kind === "fault") return world.resend.faults.next(FAULTS[pick] as Fault);
  if (kind === "job" || kind === "die") return doJob(world, pick, kind === "die");
  await attempts[kind]?.(world, uid).catch((error: { code?: string }) => {
    if (error.code !== "conflict") throw error;
  });
}

describe.each([
  ["sqlite", 6],
  ["postgres", 2],
])("on %s", (engine, numRuns) => {
  it("no digest is sent while one delivery is open, whatever is split, retried, put off, paused or killed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
        const world = await openWorld(engine as string);
        await publish(world);
        await addReaders(world.ctx, manyAddresses(230));
        refuse(world, "reader7", "reader150");
        const uid = await start(world);
        await guard(world);
        for (const one of acts) {
          await play(world, uid, one);
          expect(await unaccounted(world, uid)).toEqual(NOTHING);
        }
        refuse(world);
        for (let turn = 0; turn < 3; turn += 1) {
          for (const kind of ["resume", "sweep", "retry"] as const) await play(world, uid, { kind, pick: 0 });
          await world.work();
        }
        const { status, counts } = await getDigest(world.ctx, uid);
        expect({ status, queued: counts.queued, failed: counts.failed }).toEqual({
          status: "sent",
          queued: 0,
          failed: 0,
        });
        expect(counts.submitted + counts.unknown).toBe(230);
        await closeWorlds();
      }),
      { numRuns: numRuns as number },
    );
  }, 120_000);
});
