/** @jsxImportSource react */
import { Heading } from "@react-email/components";
import type { GroupView } from "../_digest/view.ts";
import { below, edge, edgeStyle, faces, space, text } from "../_theme.ts";
import { Cell } from "./cell.tsx";
import { Item } from "./item.tsx";

/** Items one below the other, under their topic where the edition is long. */
export function Group({ group: { heading, items }, last }: { group: GroupView; last: boolean }) {
  return (
    <>
      {heading !== null && (
        <Cell
          className={edge("line")}
          style={{ borderTop: edgeStyle("line", 3), padding: `${space.lg}px 0 ${space.xl}px` }}
        >
          <Heading as="h2" {...text("ink", { ...faces.title, ...below("none"), fontWeight: 400 })}>
            {heading}
          </Heading>
        </Cell>
      )}
      {items.map((item, index) => (
        <Item
          key={item.url}
          item={item}
          under={heading}
          first={index === 0}
          last={last && index === items.length - 1}
        />
      ))}
    </>
  );
}
