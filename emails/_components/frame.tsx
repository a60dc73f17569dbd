/** @jsxImportSource react */
import { Body, Container, Head, Html, Preview, Section } from "@react-email/components";
import type { ReactNode } from "react";
import type { FooterView } from "../_footer.ts";
import {
  BREAK_LONG_WORDS,
  edge,
  edgeStyle,
  faces,
  fonts,
  ground,
  light,
  OUTLOOK_STYLE,
  STYLE,
  shape,
} from "../_theme.ts";
import { Cell } from "./cell.tsx";
import { Footer } from "./footer.tsx";
import { Masthead } from "./masthead.tsx";

interface FrameProps {
  lang: string;
  dir: "ltr";
  subject: string;
  preheader: string;
  wordmark: string;
  edition: string | null;
  footer: FooterView;
  children: ReactNode;
}

type ShellProps = Omit<FrameProps, "preheader"> & { preheader: ReactNode };

/** The sheet that every mail is written on: masthead, one card, footer. */
export function Frame({ preheader, ...frame }: FrameProps) {
  return <Shell {...frame} preheader={<Preheader words={preheader} />} />;
}

/** The same around a preheader that is set already. */
export function Shell({ lang, dir, subject, preheader, wordmark, edition, footer, children }: ShellProps) {
  return (
    <Html lang={lang} dir={dir}>
      <Declarations title={subject} />
      {/* The style sheet gives the body its ground: the library would put it on a cell that no class turns dark. */}
      <Body className="g-paper" style={{ margin: 0, padding: 0 }}>
        {/* Clients drop what stands on html and body, so language and direction are said again inside. */}
        <Section lang={lang} dir={dir} {...ground("paper", { tableLayout: "fixed" })}>
          {preheader}
          <Sheet>
            <Cell className="side" style={{ padding: "24px 24px 12px" }}>
              <Masthead wordmark={wordmark} edition={edition} />
            </Cell>
            <Cell className="flush" style={{ padding: "0 8px" }}>
              <Card>{children}</Card>
            </Cell>
            <Cell className="side" style={{ padding: "24px 24px 40px" }}>
              <Footer footer={footer} />
            </Cell>
          </Sheet>
        </Section>
      </Body>
    </Html>
  );
}

/** What inboxes show beside the subject, and room after it, so that they show nothing else. */
export function Preheader({ words }: { words: string }) {
  return <Preview aria-hidden="true">{withoutHalf(words)}</Preview>;
}

const PREVIEW_UNITS = 150;

/** Cut where Preview cuts, but never through a character of two units. */
const withoutHalf = (text: string) => text.slice(0, PREVIEW_UNITS).replace(/[\ud800-\udbff]$/, "");

function Declarations({ title }: { title: string }) {
  return (
    <Head>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
      <title>{title}</title>
      <style>{STYLE}</style>
      <style>{OUTLOOK_STYLE}</style>
    </Head>
  );
}

/** One column, 600 px at most; the width in pixels is for Outlook for Windows, which knows no `max-width`. */
function Sheet({ children }: { children: ReactNode }) {
  const width = { width: `${shape.mailWidth}px`, maxWidth: "100%", tableLayout: "fixed" } as const;
  return (
    <Container
      width={shape.mailWidth}
      style={{ ...faces.body, ...BREAK_LONG_WORDS, ...width, fontFamily: fonts.text, textAlign: "left" }}
    >
      {children}
    </Container>
  );
}

function Card({ children }: { children: ReactNode }) {
  const card = ground("card", {
    border: edgeStyle("line"),
    borderRadius: `${shape.radius}px`,
    padding: "23px 15px",
    color: light.ink,
  });
  return (
    <Cell
      className={`pad t-ink ${card.className} ${edge("line")}`}
      style={card.style}
      table={{ borderCollapse: "separate" }}
    >
      {children}
    </Cell>
  );
}
