import { toASCII } from "tr46";
import { InvalidError } from "../errors.ts";

/** RFC 5321 4.5.3.1: a path is at most 256 octets with its angle brackets. */
const MAX_ADDRESS = 254;
const MAX_LOCAL_PART = 64;
/** RFC 5322 dot-atom; quoted local parts are legal and never meant. */
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

export interface Address {
  /** For sending: the local part as given, the domain as A-labels. */
  address: string;
  /** For uniqueness and lookup: lower case throughout. `+tag` and dots are kept, they may be other people. */
  canonical: string;
  /** For limits only: `+tag` removed, so that tags do not multiply what one mailbox is sent. */
  mailbox: string;
}

/**
 * Reads an email address as RFC 5321 and common sense want it. IDN domains become A-labels (UTS 46, nontransitional).
 * Throws `InvalidError` with words for the person who typed it.
 */
export function readAddress(input: string): Address {
  const trimmed = input.trim();
  const at = trimmed.lastIndexOf("@");
  if (at < 1) throw refuse("An email address looks like name@example.org.");
  const local = trimmed.slice(0, at);
  const domain = readDomain(trimmed.slice(at + 1));
  if (local.length > MAX_LOCAL_PART) throw refuse("The part before the @ is longer than 64 characters.");
  if (!DOT_ATOM.test(local)) throw refuse("The part before the @ has a character or a dot that does not belong there.");
  const address = `${local}@${domain}`;
  if (address.length > MAX_ADDRESS) throw refuse("The address is longer than 254 characters.");
  const canonical = address.toLowerCase();
  return { address, canonical, mailbox: `${local.toLowerCase().replace(/\+.*$/, "")}@${domain}` };
}

function readDomain(text: string): string {
  const domain = toASCII(text, {
    checkHyphens: false,
    checkBidi: true,
    checkJoiners: true,
    transitionalProcessing: false,
    useSTD3ASCIIRules: true,
    verifyDNSLength: true,
  });
  if (domain === null) throw refuse("The part after the @ is not a domain name.");
  const labels = domain.split(".");
  if (labels.length < 2) throw refuse("The part after the @ needs a dot, as in example.org.");
  if (!labels.every((label) => LABEL.test(label))) throw refuse("The part after the @ is not a domain name.");
  if (/^\d+$/.test(labels.at(-1) ?? "")) throw refuse("The part after the @ is a number, not a domain name.");
  return domain;
}

function refuse(text: string): InvalidError {
  return new InvalidError(text, [{ field: "email", text }]);
}
