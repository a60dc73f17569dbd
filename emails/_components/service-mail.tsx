/** @jsxImportSource react */
import type { ServiceView } from "../_service.ts";
import { below, faces, text } from "../_theme.ts";
import { Button } from "./button.tsx";
import { Frame } from "./frame.tsx";

/** Confirm, welcome and the like: one screen, one thing to do. */
export function ServiceMail({ view }: { view: ServiceView }) {
  const { words, url, aside, ...frame } = view;
  return (
    <Frame {...frame} edition={null}>
      <h1 {...text("ink", { ...faces.title, ...below("lg"), fontWeight: 600 })}>{words.title}</h1>
      {words.paragraphs.map((paragraph) => (
        <p key={paragraph} style={below("lg")}>
          {paragraph}
        </p>
      ))}
      <Button label={words.button} url={url} />
      {words.after !== null && <p {...text("quiet", { ...faces.label, ...below("lg") })}>{words.after}</p>}
      {aside !== null && <Aside aside={aside} />}
    </Frame>
  );
}

function Aside({ aside }: { aside: NonNullable<ServiceView["aside"]> }) {
  return (
    <p {...text("quiet", { ...faces.label, margin: 0 })}>
      {aside.text !== null && `${aside.text} `}
      <a href={aside.url} {...text("accent", { textDecoration: "underline" })}>
        {aside.label}
      </a>
    </p>
  );
}
