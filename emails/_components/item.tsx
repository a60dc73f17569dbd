/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { ReactNode } from "react";
import type { ItemView } from "../_digest/item-view.ts";
import { below, edge, edgeStyle, faces, link, space, text, titleLink } from "../_theme.ts";
import { Cell } from "./cell.tsx";
import { ChangeBox } from "./change-box.tsx";
import { Facts } from "./facts.tsx";

const KIND_COLOURS = { published: "accent", "re-reviewed": "review", corrected: "correction" } as const;

/** One article event: kind, title, summary, what changed, and one quiet line of facts. */
export function Item({ item, last }: { item: ItemView; last: boolean }) {
  const kind = text(KIND_COLOURS[item.kind], { ...faces.small, ...below("xs"), fontWeight: 600 });
  return (
    <Part last={last}>
      <Text {...kind}>{item.label}</Text>
      <Heading as="h2" style={{ ...faces.lead, ...below("md"), fontWeight: 600 }}>
        <Link href={item.url} {...link("ink", titleLink)}>
          {item.title}
        </Link>
      </Heading>
      {item.summary !== null && <Text style={{ ...faces.body, ...below("lg") }}>{item.summary}</Text>}
      {item.note !== null && (
        <Text style={{ ...faces.body, ...below("lg") }}>
          <strong>{`${item.note.label}:`}</strong>
          {` ${item.note.text}`}
        </Text>
      )}
      {item.box !== null && <ChangeBox box={item.box} />}
      {item.facts.length > 0 && <Facts facts={item.facts} />}
    </Part>
  );
}

// Not the library's Hr: Outlook for Windows draws it in relief and in its own grey.
/** A part of the card, set off by a line above. */
export function Part({ children, last }: { children: ReactNode; last: boolean }) {
  return (
    <Cell
      className={edge("line")}
      style={{ borderTop: edgeStyle("line"), padding: `${space.xl}px 0 ${last ? 0 : space.xl + space.sm}px` }}
    >
      {children}
    </Cell>
  );
}
