import type { FrameProps } from "../../emails/index.ts";
import type { Config } from "../config.ts";
import type { Locale } from "../subscribers/words.ts";
import type { TokenPurpose } from "../vault/index.ts";
import { PLACEHOLDERS } from "./merge.ts";

/** What every mail says about its sender. */
export function frame({ site }: Config, locale: Locale, discreet: boolean): FrameProps {
  const { name, url, address, disclaimer, crisisLine } = site;
  return { site: { name, url, address, disclaimer, crisisLine }, locale, discreet };
}

/** The address of a reader's own page, with the placeholder that each reader's token takes. */
export function readerUrl({ publicUrl }: Config, purpose: TokenPurpose): string {
  return `${publicUrl}/${purpose}/${PLACEHOLDERS[purpose]}`;
}
