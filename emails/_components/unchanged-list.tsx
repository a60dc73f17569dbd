/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { UnchangedView } from "../_digest/listed.ts";
import { below, faces, link, text } from "../_theme.ts";
import { Part } from "./item.tsx";

/** Reviews that confirmed what an article says: a short list, after everything else. */
export function UnchangedList({ list, last }: { list: UnchangedView; last: boolean }) {
  return (
    <Part last={last}>
      <Heading as="h2" style={{ ...faces.body, ...below("md"), fontWeight: 600 }}>
        {list.title}
      </Heading>
      {list.by !== null && <Text {...text("quiet", { ...faces.small, ...below("md") })}>{list.by}</Text>}
      {list.items.map(({ title, url, review }) => (
        <Text key={url} {...text("quiet", { ...faces.small, ...below("md") })}>
          <Link href={url} {...link("ink", faces.label)}>
            {title}
          </Link>
          {list.by === null && <br />}
          {list.by === null ? review : <Aside words={review} />}
        </Text>
      ))}
      {list.more !== null && <Text {...text("quiet", { ...faces.label, ...below("none") })}>{list.more}</Text>}
    </Part>
  );
}

/** On the title's own line, and whole where that has no room. */
function Aside({ words }: { words: string }) {
  if (words === "") return null;
  return (
    <>
      {" "}
      <span style={{ whiteSpace: "nowrap" }}>{`· ${words}`}</span>
    </>
  );
}
