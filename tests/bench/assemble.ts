import { isDeepStrictEqual } from "node:util";
import { type DigestProps, openDigestPress, renderMail } from "../../emails/index.ts";
import { digest, item, reReviewed } from "../emails/samples.ts";
import { percentile } from "./benchmark.ts";

/** Articles in the edition, and how many subsets of them are told. */
const ARTICLES = 10;
const SUBSETS = 300;

/** What a subset of an edition costs put together from its pieces, and rendered by itself; the same bytes. */
export async function subsetCosts() {
  const press = openDigestPress();
  const subsets = subsetsOf(edition());
  await timesOf(subsets.slice(0, SUBSETS / 10), (subset) => renderMail("digest", subset));
  const rendered = await timesOf(subsets, (subset) => renderMail("digest", subset));
  const first = await timesOf(subsets, (subset) => press.print(subset));
  const again = await timesOf(subsets, (subset) => press.print(subset));
  const different = subsets.filter((_, place) => !isDeepStrictEqual(rendered.results[place], again.results[place]));
  if (different.length > 0) throw new Error(`${different.length} subsets are not what they are when rendered`);
  return {
    renderSubsetUs: percentile(rendered.times, 0.5),
    assembleSubsetUs: percentile(again.times, 0.5),
    assembleWithNewPiecesUs: first.times.reduce((sum, time) => sum + time, 0) / SUBSETS,
    subsetsRenderedWhole: press.renderings.whole,
  };
}

function edition(): DigestProps {
  const topics = ["Depression", "Sleep", "Therapy", "ADHD"];
  const items = Array.from({ length: ARTICLES }, (_, place) => {
    const about = {
      title: `Light for dark mornings, part ${place + 1}`,
      topics: [topics[place % topics.length] ?? ""],
    };
    return place % 3 === 0 ? reReviewed(about) : item(about);
  });
  return digest({ items });
}

/** Different ones, as the bits of growing numbers; multiplied, so that neighbours differ in many articles. */
function subsetsOf(whole: DigestProps): DigestProps[] {
  return Array.from({ length: SUBSETS }, (_, place) => {
    const bits = ((place + 1) * 613) % 2 ** ARTICLES;
    return { ...whole, items: whole.items.filter((_item, bit) => (bits >> bit) & 1) };
  });
}

async function timesOf<R>(subsets: DigestProps[], make: (subset: DigestProps) => Promise<R>) {
  const times: number[] = [];
  const results: R[] = [];
  for (const subset of subsets) {
    const start = performance.now();
    results.push(await make(subset));
    times.push((performance.now() - start) * 1000);
  }
  return { times, results };
}
