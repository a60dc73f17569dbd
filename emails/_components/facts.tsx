/** @jsxImportSource react */
import { Text } from "@react-email/components";
import { Fragment } from "react";
import { below, faces, text } from "../_theme.ts";

// A date or a number of minutes reads badly over two lines; longer facts may break.
const UNBROKEN = 36;

/** Dates, names and numbers on one quiet line. */
export function Facts({ facts, gap = "none" }: { facts: string[]; gap?: Parameters<typeof below>[0] }) {
  return (
    <Text {...text("quiet", { ...faces.small, ...below(gap) })}>
      <FactLine facts={facts} />
    </Text>
  );
}

/** The same inside a text of its own. */
export function FactLine({ facts }: { facts: string[] }) {
  const parts = facts.map((fact, index) => (index < facts.length - 1 ? `${fact} ·` : fact));
  return parts.map((part, index) => (
    <Fragment key={part}>
      {index > 0 && " "}
      <span style={part.length <= UNBROKEN ? { whiteSpace: "nowrap" } : undefined}>{part}</span>
    </Fragment>
  ));
}
