/** @jsxImportSource react */
import { Column, Row } from "@react-email/components";
import type { CSSProperties, ReactNode } from "react";

interface CellProps {
  children: ReactNode;
  className?: string;
  style: CSSProperties;
  /** Of the table around the cell, which is as wide as its place unless it says otherwise. */
  table?: CSSProperties;
}

// Not the library's Section: it puts padding, ground and edge on its table, where Outlook for Windows ignores padding.
/** One cell that carries padding, ground and edge. The table is fixed, or a wide word would push it out. */
export function Cell({ children, className, style, table }: CellProps) {
  return (
    <Row style={{ tableLayout: "fixed", ...table }}>
      <Column className={className} style={style}>
        {children}
      </Column>
    </Row>
  );
}
