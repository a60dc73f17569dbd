/** @jsxImportSource react */
import { Column, Heading, Row, Text } from "@react-email/components";
import { below, faces, text } from "../_theme.ts";

/** Who writes, and for a digest which edition this is, on one line. */
export function Masthead({ wordmark, edition }: { wordmark: string; edition: string | null }) {
  const name = text("accent", { ...faces.lead, fontWeight: 700, letterSpacing: "-0.01em", ...below("none") });
  const title = text("quiet", { ...faces.small, fontWeight: 400, ...below("none") });
  return (
    <Row>
      <Column className="stack" style={{ verticalAlign: "bottom" }}>
        <Text {...name}>{wordmark}</Text>
      </Column>
      {edition !== null && (
        <Column className="stack" style={{ verticalAlign: "bottom", textAlign: "right", paddingBottom: "3px" }}>
          <Heading {...title}>{edition}</Heading>
        </Column>
      )}
    </Row>
  );
}
