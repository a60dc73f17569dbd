/** @jsxImportSource react */
import type { CSSProperties, ReactNode } from "react";

interface TableProps {
  children: ReactNode;
  className?: string;
  style?: CSSProperties;
  width?: string;
}

/** A layout table of one row: the only skeleton that every mail client lays out alike. */
export function Table({ children, className, style, width = "100%" }: TableProps) {
  return (
    <table
      role="presentation"
      width={width}
      cellPadding={0}
      cellSpacing={0}
      border={0}
      className={className}
      style={style}
    >
      <tbody>
        <tr>{children}</tr>
      </tbody>
    </table>
  );
}
