import type { DigestReport } from "../../digests/index.ts";
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
