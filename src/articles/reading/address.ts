import { InvalidError } from "../../errors.ts";
import { pathSegments } from "../slug.ts";
import type { Warning } from "../version-content.ts";
import { shorten } from "./plain-text.ts";

/** An http(s) address without fragment, credentials and campaign parameters, or null. */
export function readAddress(raw: string, base?: string): string | null {
  if (raw.length > 2_000 || !URL.canParse(raw, base)) return null;
  const url = new URL(raw, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  url.hash = "";
  url.username = "";
  url.password = "";
  for (const name of [...url.searchParams.keys()])
    if (/^(?:utm_\w+|fbclid|gclid)$/i.test(name)) url.searchParams.delete(name);
  return url.href;
}

/**
 * Where the article stands: the address that the page gives itself when it is on the host it was taken from, else the
 * one it was taken from. Throws `InvalidError` when neither is an http(s) address.
 */
export function settleAddress(given: string | null, canonical: string | null, warnings: Warning[]): string {
  const taken = given === null ? null : readAddress(given);
  if (given !== null && taken === null)
    throw new InvalidError(`url: "${shorten(given, 100)}" is not an http(s) address.`);
  const named = canonical === null ? null : readAddress(canonical, taken ?? undefined);
  if (taken === null) {
    if (named === null) throw new InvalidError("url: say where the page stands; it gives no canonical address itself.");
    return named;
  }
  if (named === null || named === taken) return taken;
  const problem = whyNot(named, taken);
  if (problem === null) return named;
  warnings.push({
    field: "url",
    text: `the page gives ${shorten(named, 200)} as its address, which ${problem}; ${taken} was kept`,
  });
  return taken;
}

function whyNot(named: string, taken: string): string | null {
  if (new URL(named).host !== new URL(taken).host) return "is on another host";
  if (pathSegments(named).length === 0 && pathSegments(taken).length > 0) return "is the front page";
  return null;
}
