/** @jsxImportSource react */
import { faces, text } from "../_theme.ts";
import { Table } from "./table.tsx";

/** Who writes, and for a digest which edition this is, on one line. */
export function Masthead({ wordmark, edition }: { wordmark: string; edition: string | null }) {
  const name = text("accent", { ...faces.lead, fontWeight: 700, letterSpacing: "-0.01em", margin: 0 });
  const title = text("quiet", { ...faces.small, fontWeight: 400, margin: 0 });
  return (
    <Table>
      <td className="stack" style={{ verticalAlign: "bottom" }}>
        <p {...name}>{wordmark}</p>
      </td>
      {edition !== null && (
        <td className="stack" style={{ verticalAlign: "bottom", textAlign: "right", paddingBottom: "3px" }}>
          <h1 {...title}>{edition}</h1>
        </td>
      )}
    </Table>
  );
}
