/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import type { ServiceView } from "../_service.ts";
import { below, faces, link, text } from "../_theme.ts";
import { Button } from "./button.tsx";
import { Frame } from "./frame.tsx";

/** Confirm, welcome and the like: one screen, one thing to do. */
export function ServiceMail({ view }: { view: ServiceView }) {
  const { words, url, aside, ...frame } = view;
  return (
    <Frame {...frame} edition={null}>
      <Heading {...text("ink", { ...faces.title, ...below("lg"), fontWeight: 600 })}>{words.title}</Heading>
      {words.paragraphs.map((paragraph) => (
        <Text key={paragraph} style={{ ...faces.body, ...below("lg") }}>
          {paragraph}
        </Text>
      ))}
      <Button label={words.button} url={url} />
      {words.after !== null && <Text {...text("quiet", { ...faces.label, ...below("lg") })}>{words.after}</Text>}
      {aside !== null && <Aside aside={aside} />}
    </Frame>
  );
}

function Aside({ aside }: { aside: NonNullable<ServiceView["aside"]> }) {
  return (
    <Text {...text("quiet", { ...faces.label, ...below("none") })}>
      {aside.text !== null && `${aside.text} `}
      <Link href={aside.url} {...link("accent")}>
        {aside.label}
      </Link>
    </Text>
  );
}
