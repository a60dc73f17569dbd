/** @jsxImportSource react */
import { Fragment } from "react";
import type { FooterView } from "../_footer.ts";
import { below, faces, text } from "../_theme.ts";

/** Quiet, and with real links. The crisis line is in full ink: someone may need it. */
export function Footer({ footer }: { footer: FooterView }) {
  const quiet = text("quiet", { ...faces.small, ...below("md") });
  return (
    <>
      <p {...quiet}>{footer.reason}</p>
      {footer.links.length > 0 && (
        <p {...text("quiet", { ...faces.small, ...below("xl") })}>
          {footer.links.map(({ label, url }, index) => (
            <Fragment key={label}>
              {index > 0 && " · "}
              <a href={url} {...text("ink", { textDecoration: "underline" })}>
                {label}
              </a>
            </Fragment>
          ))}
        </p>
      )}
      <p {...quiet}>{footer.disclaimer}</p>
      <p {...text("ink", { ...faces.small, ...below("md") })}>{footer.crisisLine}</p>
      <p {...text("quiet", { ...faces.small, margin: 0 })}>{footer.sender}</p>
    </>
  );
}
