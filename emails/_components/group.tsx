/** @jsxImportSource react */
import { Heading } from "@react-email/components";
import { below, edge, edgeStyle, faces, space, text } from "../_theme.ts";
import { Cell } from "./cell.tsx";

/** The topic that stands above its items, where the edition is long. */
export function GroupHeading({ words }: { words: string }) {
  return (
    <Cell
      className={edge("line")}
      style={{ borderTop: edgeStyle("line", 3), padding: `${space.lg}px 0 ${space.xl}px` }}
    >
      <Heading as="h2" {...text("ink", { ...faces.title, ...below("none"), fontWeight: 400 })}>
        {words}
      </Heading>
    </Cell>
  );
}
