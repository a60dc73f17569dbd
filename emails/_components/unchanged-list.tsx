/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { DigestView } from "../_digest/view.ts";
import { below, faces, link, text } from "../_theme.ts";
import { Part } from "./item.tsx";

/** Reviews that confirmed what an article says: a short list, last. */
export function UnchangedList({ list }: { list: NonNullable<DigestView["unchanged"]> }) {
  return (
    <Part last>
      <Heading as="h2" style={{ ...faces.body, ...below("md"), fontWeight: 600 }}>
        {list.title}
      </Heading>
      {list.items.map(({ title, url, review }) => (
        <Text key={url} {...text("quiet", { ...faces.small, ...below("md") })}>
          <Link href={url} {...link("ink", faces.label)}>
            {title}
          </Link>
          <br />
          {review}
        </Text>
      ))}
    </Part>
  );
}
