import { confirm, requestSubscription } from "../../../src/subscribers/index.ts";
import { expectSound } from "./act.ts";
import { draftEdition, publishArticle, send } from "./acts-editors.ts";
import { work } from "./acts-workers.ts";
import { pressConfirm } from "./oracle-readers.ts";
import type { Life } from "./world.ts";

const FIRST = [[], [], ["anxiety"], ["anxiety", "depression"]];

/** Four readers who confirmed, two articles since, and an edition about them on its way. */
export async function begin(life: Life): Promise<void> {
  const { world, oracle } = life;
  for (const [place, topics] of FIRST.entries()) {
    const address = `reader${place}@example.org`;
    const wishes = { topics, cadence: "weekly" as const };
    await requestSubscription(world.ctx, { email: address, ...wishes }, { form: "form", ip: null });
    oracle.requests.set(place + 1, { address, ...wishes });
  }
  await workAll(life);
  for (const { reader, token, issuedAt } of world.held.confirm) {
    pressConfirm(oracle, reader, issuedAt);
    await confirm(world.ctx, token);
  }
  await workAll(life);
  for (const article of [0, 1]) await publishArticle(life, article);
  const edition = await draftEdition(life, { picked: null, cadence: null, send: true });
  if (edition) await send(life, edition);
  await expectSound(life);
}

async function workAll(life: Life): Promise<void> {
  for (let job = life.world.jobs[0]; job; job = life.world.jobs[0]) await work(life, job);
}
