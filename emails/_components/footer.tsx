/** @jsxImportSource react */
import { Link, Text } from "@react-email/components";
import { Fragment } from "react";
import type { FooterView } from "../_footer.ts";
import { below, faces, link, text } from "../_theme.ts";

/** Quiet, and with real links. The crisis line is in full ink: someone may need it. */
export function Footer({ footer }: { footer: FooterView }) {
  const quiet = text("quiet", { ...faces.small, ...below("md") });
  return (
    <>
      <Text {...quiet}>{footer.reason}</Text>
      {footer.links.length > 0 && (
        <Text {...text("quiet", { ...faces.small, ...below("xl") })}>
          {footer.links.map(({ label, url }, index) => (
            <Fragment key={label}>
              {index > 0 && " · "}
              <Link href={url} {...link("ink")}>
                {label}
              </Link>
            </Fragment>
          ))}
        </Text>
      )}
      <Text {...quiet}>{footer.disclaimer}</Text>
      <Text {...text("ink", { ...faces.small, ...below("md") })}>{footer.crisisLine}</Text>
      <Text {...text("quiet", { ...faces.small, ...below("none") })}>{footer.sender}</Text>
    </>
  );
}
