import type { audienceReport, DigestReport } from "../../digests/index.ts";
import { fieldsOf, ROWS } from "./digest-figures.ts";
import { words } from "./words.ts";

/** What became of its messages; the skipped ones by reason. */
export function DigestCounts({ digest }: { digest: DigestReport }) {
  const fields = fieldsOf(digest);
  const row = (name: string, label: string, look = "") => (
    <Row field={name} name={label} value={fields[name] ?? "0"} look={look} />
  );
  return (
    <section aria-labelledby="messages">
      <h2 id="messages">{words.oneDigest.messages}</h2>
      <table class="table reach" aria-labelledby="messages">
        <tbody>
          {ROWS.map((name) => row(name, words.oneDigest.rows[name]))}
          {Object.keys(digest.skippedBecause).map((reason) => row(`skipped-${reason}`, say(reason), "part"))}
        </tbody>
      </table>
    </section>
  );
}

/** Who gets it and who does not, by reason: the rows below the first add up to it. */
export function DigestAudience({ audience }: { audience: Awaited<ReturnType<typeof audienceReport>> }) {
  const { audience: title, forecast, candidates, receiving, excluded } = words.oneDigest;
  const number = (count: number) => count.toLocaleString(words.tag);
  const left = Object.entries(audience.excluded).filter(([, count]) => count > 0);
  return (
    <section class="close" aria-labelledby="audience">
      <h2 id="audience">{title}</h2>
      <table class="table reach" aria-labelledby="audience">
        <tbody>
          <Row name={candidates} value={number(audience.candidates)} look="total" />
          <Row name={receiving} value={number(audience.receiving)} />
          <Row name={excluded} value={number(audience.candidates - audience.receiving)} />
          {left.map(([reason, count]) => (
            <Row name={say(reason)} value={number(count)} look="part" />
          ))}
        </tbody>
      </table>
      {!audience.frozen && <p class="hint">{forecast}</p>}
    </section>
  );
}

function say(reason: string): string {
  return words.oneDigest.reasons[reason] ?? reason;
}

function Row({ field, name, value, look = "" }: { field?: string; name: string; value: string; look?: string }) {
  return (
    <tr class={`${look}${value === "0" ? " zero" : ""}`.trim()}>
      <th scope="row">{name}</th>
      <td class="number" {...(field === undefined ? {} : { "data-field": field })}>
        {value}
      </td>
    </tr>
  );
}
