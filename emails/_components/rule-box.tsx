/** @jsxImportSource react */
import type { ReactNode } from "react";
import { below, edge, edgeStyle, faces, ground, shape } from "../_theme.ts";
import { Cell } from "./cell.tsx";

export type Tone = "review" | "correction" | "danger";

/** A washed ground beside a rule, both in the colour of what is said in it. */
export function RuleBox({ tone, children }: { tone: Tone; children: ReactNode }) {
  const cell = ground(`${tone}Wash`, {
    borderLeft: edgeStyle(tone, 3),
    borderRadius: `0 ${shape.radius}px ${shape.radius}px 0`,
    padding: "16px",
  });
  return (
    <Cell className={`${cell.className} ${edge(tone)}`} style={{ ...cell.style, ...faces.label }} table={below("lg")}>
      {children}
    </Cell>
  );
}
