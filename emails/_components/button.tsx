/** @jsxImportSource react */
import { Column, Link, Row } from "@react-email/components";
import { faces, ground, link, shape, space } from "../_theme.ts";

// Not the library's Button: its ground and padding are a link's own, which Outlook for Windows paints behind the words only.
/** A link that looks like what it does. The cell carries colour and size, so it holds where padding on links is ignored. */
export function Button({ label, url }: { label: string; url: string }) {
  const cell = ground("accent", { borderRadius: `${shape.radius}px`, padding: "11px 24px", textAlign: "center" });
  const face = link("onAccent", { ...faces.body, fontWeight: 600, textDecoration: "none", display: "block" });
  return (
    <Row align={undefined} width="auto" style={{ margin: `${space.sm}px 0 ${space.xl}px` }}>
      <Column {...cell}>
        <Link href={url} {...face}>
          {label}
        </Link>
      </Column>
    </Row>
  );
}
