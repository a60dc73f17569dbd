import { type AudienceReport, sayExclusion } from "../../digests/index.ts";
import { sentence } from "./parts.tsx";
import { words } from "./words.ts";

/** Who gets a digest and who does not: the sentence first, then the numbers that it is made of, which add up. */
export function AudienceSummary({ audience }: { audience: AudienceReport }) {
  const { candidates, receiving, excluded, summary } = audience;
  const parts = Object.entries(excluded)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
  return (
    <section aria-labelledby="audience">
      <h2 id="audience">{words.audience.title}</h2>
      <p>{summary}</p>
      <table class="table reach" aria-labelledby="audience">
        <tbody>
          <Row name={words.audience.candidates} count={candidates} look="total" />
          <Row name={words.audience.receiving} count={receiving} />
          {parts.length > 0 && <Row name={words.audience.excluded} count={candidates - receiving} />}
          {parts.map(([reason, count]) => (
            <Row name={sentence(sayExclusion(reason, count))} count={count} look="part" />
          ))}
        </tbody>
      </table>
      {!audience.frozen && <p class="quiet small">{words.audience.notFrozen}</p>}
    </section>
  );
}

function Row({ name, count, look = "" }: { name: string; count: number; look?: string }) {
  return (
    <tr class={look}>
      <th scope="row">{name}</th>
      <td class="number">{count.toLocaleString(words.tag)}</td>
    </tr>
  );
}
