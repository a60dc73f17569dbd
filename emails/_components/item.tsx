/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { ReactNode } from "react";
import type { ItemView } from "../_digest/item-view.ts";
import { below, edge, edgeStyle, faces, link, space, text, titleLink } from "../_theme.ts";
import { Box } from "./box.tsx";
import { Cell } from "./cell.tsx";
import { Facts } from "./facts.tsx";

/**
 * One article event: kind, title, what was corrected, summary, what changed, and one quiet line of facts. `grouped`:
 * under a topic's heading.
 */
export function Item({ item, grouped }: { item: ItemView; grouped: boolean }) {
  const [heading, inner] = grouped ? (["h3", "h4"] as const) : (["h2", "h3"] as const);
  return (
    <>
      <Text {...text(item.tone, { ...faces.small, ...below("xs"), fontWeight: 600 })}>{item.label}</Text>
      <Heading as={heading} style={{ ...faces.lead, ...below("md"), fontWeight: 600 }}>
        <Link href={item.url} {...link("ink", titleLink)}>
          {item.title}
        </Link>
      </Heading>
      {item.corrected !== null && <Box box={item.corrected} as={inner} />}
      {item.summary !== null && <Text style={{ ...faces.body, ...below("lg") }}>{item.summary}</Text>}
      {item.note !== null && (
        <Text style={{ ...faces.body, ...below("lg") }}>
          <strong>{`${item.note.label}:`}</strong>
          {` ${item.note.text}`}
        </Text>
      )}
      {item.changed !== null && <Box box={item.changed} as={inner} />}
      {item.overdue !== null && <Text {...text("correction", { ...faces.small, ...below("xs") })}>{item.overdue}</Text>}
      {item.facts.length > 0 && <Facts facts={item.facts} />}
    </>
  );
}

// Not the library's Hr: Outlook for Windows draws it in relief and in its own grey.
/** A part of the card, set off by a line above; a bare one stands right under a heading. */
export function Part({ children, bare = false, last }: { children: ReactNode; bare?: boolean; last: boolean }) {
  const end = last ? 0 : space.xl + space.sm;
  if (bare) return <Cell style={{ padding: `0 0 ${end}px` }}>{children}</Cell>;
  return (
    <Cell className={edge("line")} style={{ borderTop: edgeStyle("line"), padding: `${space.xl}px 0 ${end}px` }}>
      {children}
    </Cell>
  );
}
