/** @jsxImportSource react */
import { Link, Text } from "@react-email/components";
import { below, faces, link, text } from "../_theme.ts";

// One sentence stands large; an editor who says more is set as text.
const LEAD = 160;

export function Opening({ words }: { words: string }) {
  return <Text style={{ ...(words.length <= LEAD ? faces.lead : faces.body), ...below("xl") }}>{words}</Text>;
}

/** Why the mail is so quiet. */
export function Discretion({ words }: { words: string }) {
  return <Text {...text("quiet", { ...faces.label, ...below("xl") })}>{words}</Text>;
}

/** The way to what was left out. */
export function Rest({ label, url }: { label: string; url: string }) {
  return (
    <Link href={url} {...link("accent", faces.body)}>
      {label}
    </Link>
  );
}
