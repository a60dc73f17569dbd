import { AppError, InvalidError, UnavailableError } from "../errors.ts";
import { isAllowedAddress } from "./address-guard.ts";
import type { FetchedPage } from "./fetch-page.ts";
import { decodePage } from "./reading/decode-page.ts";

/** As much of a response as reading a page needs, whichever `fetch` gave it. */
export interface PageResponse {
  status: number;
  ok: boolean;
  headers: { get(name: string): string | null };
  body: (AsyncIterable<Uint8Array> & { cancel(): Promise<void> }) | null;
}

export interface PageRequest {
  redirect: "manual";
  signal: AbortSignal;
  headers: Record<string, string>;
}

export interface FollowOptions {
  /** Whether this machine and its network may be read, on any port. Default false. */
  allowPrivate?: boolean;
  /** For the whole of it, redirects included. Default 10 seconds. */
  timeoutMs?: number;
  /** Of the page once unpacked. Default 5 MB. */
  maxBytes?: number;
}

type Rules = Required<FollowOptions> & { ask: (url: string, request: PageRequest) => Promise<PageResponse> };

const MAX_REDIRECTS = 5;
const PORTS = new Set(["", "80", "443"]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const HTML = /^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;
const HEADERS = {
  "user-agent": "HeyPsychNewsletter/0.1 (takes in articles for their publisher's newsletter)",
  accept: "text/html, application/xhtml+xml;q=0.9",
};

/** Fetches a page with the runtime's `ask`, and holds it to every rule that needs no resolver, anew at each redirect. */
export async function followPage(url: string, options: FollowOptions & Pick<Rules, "ask">): Promise<FetchedPage> {
  const rules: Rules = { allowPrivate: false, timeoutMs: 10_000, maxBytes: 5_000_000, ...options };
  try {
    return await follow(url, rules);
  } catch (error) {
    throw explain(error, url, rules);
  }
}

async function follow(start: string, rules: Rules): Promise<FetchedPage> {
  const signal = AbortSignal.timeout(rules.timeoutMs);
  let url = checkUrl(start, rules.allowPrivate);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await rules.ask(url.href, { redirect: "manual", signal, headers: HEADERS });
    const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
    if (location === null) return readPage(url, response, rules.maxBytes);
    await response.body?.cancel();
    url = checkUrl(URL.canParse(location, url.href) ? new URL(location, url.href).href : location, rules.allowPrivate);
  }
  throw new UnavailableError(`${start} redirects more than ${MAX_REDIRECTS} times.`);
}

function refusal(text: string): InvalidError {
  return new InvalidError(`url: ${text}`, [{ field: "url", text }]);
}

/** What is thrown for a host in a private network, there and inside a resolver. */
export function refusedHost(host: string): InvalidError {
  return refusal(`${host} is not on the open internet, and pages are fetched only from there`);
}

/** Throws `InvalidError` that says what is wrong with the address. */
function checkUrl(raw: string, allowPrivate: boolean): URL {
  if (raw.length > 2_000 || !URL.canParse(raw)) throw refusal("expected an http(s) address");
  const url = new URL(raw);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refusal("expected an http(s) address");
  if (url.username !== "" || url.password !== "")
    throw refusal("an address with a user name or password is not fetched");
  if (!allowPrivate && !PORTS.has(url.port))
    throw refusal(`port ${url.port} is not fetched; pages are read from ports 80 and 443`);
  const literal = /^\[.*\]$|^[\d.]+$/.test(url.hostname) ? url.hostname.replace(/^\[|\]$/g, "") : null;
  if (literal !== null && !isAllowedAddress(literal, allowPrivate)) throw refusedHost(url.hostname);
  url.hash = "";
  return url;
}

async function readPage(url: URL, response: PageResponse, maxBytes: number): Promise<FetchedPage> {
  const contentType = response.headers.get("content-type") ?? "";
  const problem = whyNotPage(response, contentType);
  if (problem !== null) {
    await response.body?.cancel();
    throw new UnavailableError(`${url.href} ${problem}.`);
  }
  const body = decodePage(await readBytes(url, response, maxBytes), contentType);
  return { url: url.href, body, contentType };
}

function whyNotPage(response: PageResponse, contentType: string): string | null {
  if (!response.ok) return `answered ${response.status}`;
  if (!HTML.test(contentType)) return `is not an HTML page; its content type is "${contentType.slice(0, 100)}"`;
  return null;
}

/** The unpacked body. Stops at the limit, however small the packed one was. */
async function readBytes(url: URL, response: PageResponse, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new UnavailableError(`${url.href} is larger than ${maxBytes / 1_000_000} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A failed fetch as the caller meets it: the refusal within it if there is one. */
function explain(error: unknown, url: string, { timeoutMs }: Rules): AppError {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof AppError) return at;
    if (at.name === "TimeoutError")
      return new UnavailableError(`${url} did not answer within ${timeoutMs / 1000} seconds.`, { cause: error });
    if ("code" in at && at.code === "ENOTFOUND")
      return new UnavailableError(`No host of that name was found for ${url}.`, { cause: error });
  }
  return new UnavailableError(`${url} could not be fetched.`, { cause: error });
}
