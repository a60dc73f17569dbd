import { readFileSync } from "node:fs";
import { BEGINNING } from "./correction-acts.ts";
import { type Act, act, beginLife, settleLife } from "./correction-life.ts";
import { findFaults } from "./correction-oracle.ts";
import { openWorld } from "./correction-world.ts";

const list = JSON.parse(readFileSync(process.argv[2]!, "utf8")) as Act[];
const who = Number(process.argv[3]);
const world = await openWorld();
const life = beginLife({ ...world, ctx: { ...world.ctx, mailer: { ...world.ctx.mailer, maxBatch: 2 } } });
let n = 0;
const db = world.ctx.db;
const dump = async () => {
  const rows = await db
    .selectFrom("delivery")
    .innerJoin("variant", "variant.id", "delivery.variant_id")
    .innerJoin("batch", "batch.id", "delivery.batch_id")
    .innerJoin("digest", "digest.id", "delivery.digest_id")
    .select([
      "delivery.id",
      "delivery.digest_id",
      "digest.mode",
      "digest.status as ds",
      "delivery.status",
      "delivery.reason",
      "variant.id as v",
      "variant.events",
      "batch.frozen_at",
      "batch.status as bs",
    ])
    .where("delivery.subscriber_id", "=", who)
    .execute();
  return JSON.stringify(rows.map((r) => Object.values(r).join(" ")));
};
let last = "";
for (const what of [...BEGINNING, ...list]) {
  await act(life, what);
  const d = await dump();
  if (d !== last || what.do === "mark" || what.do === "draft") console.log(n, JSON.stringify(what), d);
  last = d;
  n++;
}
await settleLife(life);
console.log("settled", await dump());
console.log(await findFaults(life));
console.log(JSON.stringify(life.marks.map((m) => ({ ...m, frozen: [...(m.frozen ?? [])] }))));
console.log(
  JSON.stringify(await db.selectFrom("article_event").select(["seq", "article_id", "version_id", "kind"]).execute()),
);
console.log(JSON.stringify(await db.selectFrom("variant_version").selectAll().execute()));
console.log(JSON.stringify(await db.selectFrom("digest_exclusion").selectAll().execute()));
console.log(
  world.resend
    .messages()
    .filter((m) => m.to === `reader${who - 1}@example.org`)
    .map((m) =>
      [
        m.tags.delivery,
        m.email?.subject,
        m.email?.text?.match(/Reason number \d/g)?.join(),
        m.email?.text?.match(/^(Alpha|Beta), take \d+$/gm)?.join(),
      ].join(" | "),
    ),
);
process.exit(0);
