/** @jsxImportSource react */

// A blank, a joiner and a non-joiner: nothing to see, and wide enough that a preview shows none of the body.
const PADDING = "\u00a0\u034f\u200c".repeat(110);

/** What an inbox shows beside the subject, and nothing after it. */
export function Preheader({ text }: { text: string }) {
  // The last is Word's own word for it, which Outlook for Windows obeys.
  const hidden = {
    display: "none",
    overflow: "hidden",
    maxHeight: 0,
    maxWidth: 0,
    opacity: 0,
    fontSize: "1px",
    msoHide: "all",
  };
  return (
    <div aria-hidden="true" style={{ ...hidden, lineHeight: "1px" }}>
      {`${text}${PADDING}`}
    </div>
  );
}
