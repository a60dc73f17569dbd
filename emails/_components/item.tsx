/** @jsxImportSource react */
import { Fragment, type ReactNode } from "react";
import type { ItemView } from "../_digest/item-view.ts";
import { below, edge, edgeStyle, faces, space, text, titleLink } from "../_theme.ts";
import { ChangeBox } from "./change-box.tsx";
import { Table } from "./table.tsx";

const KIND_COLOURS = { published: "accent", "re-reviewed": "review", corrected: "correction" } as const;

/** One article event: kind, title, summary, what changed, and one quiet line of facts. */
export function Item({ item, last }: { item: ItemView; last: boolean }) {
  const kind = text(KIND_COLOURS[item.kind], { ...faces.small, margin: `0 0 ${space.xs}px`, fontWeight: 600 });
  return (
    <Row last={last}>
      <p {...kind}>{item.label}</p>
      <h2 style={{ ...faces.lead, ...below("md"), fontWeight: 600 }}>
        <a href={item.url} {...text("ink", titleLink)}>
          {item.title}
        </a>
      </h2>
      {item.summary !== null && <p style={below("lg")}>{item.summary}</p>}
      {item.note !== null && (
        <p style={below("lg")}>
          <strong>{`${item.note.label}:`}</strong>
          {` ${item.note.text}`}
        </p>
      )}
      {item.box !== null && <ChangeBox box={item.box} />}
      {item.facts.length > 0 && <Facts facts={item.facts} />}
    </Row>
  );
}

/** A part of the card, set off by a line above. */
export function Row({ children, last }: { children: ReactNode; last: boolean }) {
  return (
    <Table style={{ tableLayout: "fixed" }}>
      <td
        className={edge("line")}
        style={{ borderTop: edgeStyle("line"), padding: `${space.xl}px 0 ${last ? 0 : space.xl + space.sm}px` }}
      >
        {children}
      </td>
    </Table>
  );
}

// A date or a number of minutes reads badly over two lines; longer facts may break.
const UNBROKEN = 36;

function Facts({ facts }: { facts: string[] }) {
  const parts = facts.map((fact, index) => (index < facts.length - 1 ? `${fact} ·` : fact));
  return (
    <p {...text("quiet", { ...faces.small, margin: 0 })}>
      {parts.map((part, index) => (
        <Fragment key={part}>
          {index > 0 && " "}
          <span style={part.length <= UNBROKEN ? { whiteSpace: "nowrap" } : undefined}>{part}</span>
        </Fragment>
      ))}
    </p>
  );
}
