import type { CorrectionReport } from "../../digests/index.ts";
import { words } from "./words.ts";

type Reach = CorrectionReport["reach"];

/** Whether notices are being decided or handed over. */
export function isGoingOut({ notice }: Pick<CorrectionReport, "notice">): boolean {
  return notice.status === "sending" || notice.status === "scheduled";
}

/** How many only the public notice can tell. */
export function lostTo({ unreachable }: Reach): number {
  return Object.values(unreachable).reduce((sum, count) => sum + count, 0);
}

const ROWS = ["delivered", "submitted", "queued", "failed", "unknown", "cancelled", "needless"] as const;
/** Rows that are only worth a line when there is something in them. */
const RARE: readonly string[] = ["failed", "unknown", "cancelled", "needless"];

/** What became of everyone who was told what was wrong: the rows below the first add up to it. */
export function ReachTable({ reach }: { reach: Reach }) {
  const { rows } = words.correction;
  const lost = lostTo(reach);
  const parts = Object.entries(reach.unreachable).filter(([, count]) => count > 0);
  return (
    <table class="table reach" aria-labelledby="reach">
      <tbody>
        <Row name={rows.told} count={reach.told} look="total" />
        {ROWS.filter((name) => reach[name] > 0 || !RARE.includes(name)).map((name) => (
          <Row name={rows[name]} count={reach[name]} />
        ))}
        <Row name={rows.lost} count={lost} />
        {parts.map(([reason, count]) => (
          <Row name={rows[reason as keyof Reach["unreachable"]]} count={count} look="part" />
        ))}
      </tbody>
    </table>
  );
}

function Row({ name, count, look = "" }: { name: string; count: number; look?: string }) {
  return (
    <tr class={`${look}${count === 0 ? " zero" : ""}`.trim()}>
      <th scope="row">{name}</th>
      <td class="number">{count.toLocaleString(words.tag)}</td>
    </tr>
  );
}
