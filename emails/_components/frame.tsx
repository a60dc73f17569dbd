/** @jsxImportSource react */
import type { ReactNode } from "react";
import type { FooterView } from "../_footer.ts";
import { BREAK_LONG_WORDS, edge, edgeStyle, faces, ground, light, OUTLOOK_STYLE, STYLE, shape } from "../_theme.ts";
import { Footer } from "./footer.tsx";
import { Masthead } from "./masthead.tsx";
import { Preheader } from "./preheader.tsx";
import { Table } from "./table.tsx";

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

/** The sheet that every mail is written on: masthead, one card, footer. */
export function Frame({ lang, dir, subject, preheader, wordmark, edition, footer, children }: FrameProps) {
  return (
    <html lang={lang} dir={dir}>
      <Head title={subject} />
      <body {...ground("paper", { margin: 0, padding: 0 })}>
        {/* Clients drop what stands on html and body, so language and direction are said again inside. */}
        <div lang={lang} dir={dir} {...ground("paper")}>
          <Preheader text={preheader} />
          <Sheet>
            <td className="side" style={{ padding: "24px 24px 12px" }}>
              <Masthead wordmark={wordmark} edition={edition} />
            </td>
          </Sheet>
          <Sheet>
            <td className="flush" style={{ padding: "0 8px" }}>
              <Card>{children}</Card>
            </td>
          </Sheet>
          <Sheet>
            <td className="side" style={{ padding: "24px 24px 40px" }}>
              <Footer footer={footer} />
            </td>
          </Sheet>
        </div>
      </body>
    </html>
  );
}

function Head({ title }: { title: string }) {
  return (
    <head>
      <meta httpEquiv="Content-Type" content="text/html; charset=UTF-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
      <meta name="x-apple-disable-message-reformatting" />
      <title>{title}</title>
      <style>{STYLE}</style>
      <style>{OUTLOOK_STYLE}</style>
    </head>
  );
}

/** One column, 600 px at most. The outer table is fixed, or a wide word would push it past a narrow screen. */
function Sheet({ children }: { children: ReactNode }) {
  return (
    <Table style={{ tableLayout: "fixed" }}>
      <td align="center">
        <Table
          width={String(shape.mailWidth)}
          style={{
            ...faces.body,
            ...BREAK_LONG_WORDS,
            width: `${shape.mailWidth}px`,
            maxWidth: "100%",
            textAlign: "left",
            tableLayout: "fixed",
          }}
        >
          {children}
        </Table>
      </td>
    </Table>
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
    <Table style={{ tableLayout: "fixed", borderCollapse: "separate" }}>
      <td className={`pad t-ink ${card.className} ${edge("line")}`} style={card.style}>
        {children}
      </td>
    </Table>
  );
}
