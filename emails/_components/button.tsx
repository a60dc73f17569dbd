/** @jsxImportSource react */
import { ground, shape, space, text } from "../_theme.ts";
import { Table } from "./table.tsx";

/** A link that looks like what it does. The cell carries colour and size, so it holds where padding on links is ignored. */
export function Button({ label, url }: { label: string; url: string }) {
  const cell = ground("accent", { borderRadius: `${shape.radius}px`, padding: "11px 24px", textAlign: "center" });
  const link = text("onAccent", { fontWeight: 600, textDecoration: "none", display: "block" });
  return (
    <Table width="auto" style={{ margin: `${space.sm}px 0 ${space.xl}px` }}>
      <td {...cell}>
        <a href={url} {...link}>
          {label}
        </a>
      </td>
    </Table>
  );
}
