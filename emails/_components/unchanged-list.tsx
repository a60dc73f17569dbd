/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { ListedView } from "../_digest/listed.ts";
import { below, faces, link, text } from "../_theme.ts";

/** Above reviews that confirmed what an article says: a short list, after everything else. */
export function ListHeading({ words }: { words: string }) {
  return (
    <Heading as="h2" style={{ ...faces.body, ...below("md"), fontWeight: 600 }}>
      {words}
    </Heading>
  );
}

/** Who reviewed all of the list. */
export function ListedBy({ words }: { words: string }) {
  return <Text {...text("quiet", { ...faces.small, ...below("md") })}>{words}</Text>;
}

/** `alone`: nothing above says who reviewed. */
export function Listed({ item: { title, url, review }, alone }: { item: ListedView; alone: boolean }) {
  return (
    <Text {...text("quiet", { ...faces.small, ...below("md") })}>
      <Link href={url} {...link("ink", faces.label)}>
        {title}
      </Link>
      {alone && <br />}
      {alone ? review : <Aside words={review} />}
    </Text>
  );
}

/** How many more there are. */
export function ListedMore({ words }: { words: string }) {
  return <Text {...text("quiet", { ...faces.label, ...below("none") })}>{words}</Text>;
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
