/** @jsxImportSource react */
import type { DigestView } from "../_digest/view.ts";
import { below, faces, text } from "../_theme.ts";
import { Row } from "./item.tsx";

/** Reviews that confirmed what an article says: a short list, last. */
export function UnchangedList({ list }: { list: NonNullable<DigestView["unchanged"]> }) {
  return (
    <Row last>
      <h2 style={{ ...faces.body, ...below("md"), fontWeight: 600 }}>{list.title}</h2>
      {list.items.map(({ title, url, review }) => (
        <p key={url} {...text("quiet", { ...faces.small, ...below("md") })}>
          <a href={url} {...text("ink", { ...faces.label, textDecoration: "underline" })}>
            {title}
          </a>
          <br />
          {review}
        </p>
      ))}
    </Row>
  );
}
