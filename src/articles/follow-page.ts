import { AppError, InvalidError, UnavailableError } from "../errors.ts";
import { isAllowedAddress } from "./address-guard.ts";
import { AnswerError, type FetchedPage, type PageAsk, UnfitError } from "./fetch-page.ts";
import { decodePage } from "./reading/decode-page.ts";
import { unpack } from "./unpack.ts";

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
  /** Of the page once unpacked. Default 5 MB, and 10 MB for lists of pages. */
  maxBytes?: number;
}

type Rules = Required<FollowOptions> & {
  ask: (url: string, request: PageRequest) => Promise<PageResponse>;
  what: Document;
  headers: Record<string, string>;
};

const MAX_REDIRECTS = 5;
const PORTS = new Set(["", "80", "443"]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const USER_AGENT = "HeyPsychNewsletter/0.1 (takes in articles for their publisher's newsletter)";

/** A kind of document, and the content types it comes under; lists of pages are often served under odd ones. */
interface Document {
  name: string;
  types: RegExp;
  accept: string;
  maxBytes: number;
}
const DOCUMENTS: Record<NonNullable<PageAsk["as"]>, Document> = {
  page: {
    name: "an HTML page",
    types: /^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i,
    accept: "text/html, application/xhtml+xml;q=0.9",
    maxBytes: 5_000_000,
  },
  list: {
    name: "a feed or sitemap",
    types: /^(?:$|text\/|application\/(?:octet-stream|gzip|x-gzip)|[\w.+-]+\/(?:[\w.-]+\+)?(?:xml|json)\s*(?:;|$))/i,
    accept:
      "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1",
    maxBytes: 10_000_000,
  },
};

/** Fetches a page with the runtime's `ask`, and holds it to every rule that needs no resolver, anew at each redirect. */
export async function followPage(
  url: string,
  { as = "page", etag, lastModified }: PageAsk,
  options: FollowOptions & Pick<Rules, "ask">,
): Promise<FetchedPage> {
  const what = DOCUMENTS[as];
  const headers = {
    "user-agent": USER_AGENT,
    accept: what.accept,
    ...(etag ? { "if-none-match": etag } : {}),
    ...(lastModified ? { "if-modified-since": lastModified } : {}),
  };
  const rules: Rules = {
    allowPrivate: false,
    timeoutMs: 10_000,
    maxBytes: what.maxBytes,
    ...options,
    what,
    headers,
  };
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
    const response = await rules.ask(url.href, { redirect: "manual", signal, headers: rules.headers });
    const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
    if (location === null) return readPage(url, response, rules);
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

async function readPage(url: URL, response: PageResponse, rules: Rules): Promise<FetchedPage> {
  const contentType = response.headers.get("content-type") ?? "";
  const unchanged =
    response.status === 304 && ("if-none-match" in rules.headers || "if-modified-since" in rules.headers);
  const problem = unchanged ? null : whyNot(url, response, contentType, rules.what);
  if (unchanged || problem) await response.body?.cancel();
  if (problem) throw problem;
  const about = { url: url.href, contentType, ...freshnessOf(response.headers) };
  if (unchanged) return { ...about, body: "", unchanged };
  const bytes = await unpack(await readBytes(url, response, rules.maxBytes), rules.maxBytes);
  if (bytes === null) throw tooLarge(url, rules.maxBytes);
  return { ...about, body: decodePage(bytes, contentType) };
}

function whyNot(url: URL, response: PageResponse, contentType: string, what: Document): UnavailableError | null {
  if (!response.ok) {
    const retryAfter = response.headers.get("retry-after");
    return new AnswerError(`${url.href} answered ${response.status}.`, response.status, retryAfter);
  }
  if (what.types.test(contentType)) return null;
  const type = contentType.slice(0, 100);
  return new UnfitError(`${url.href} is not ${what.name}; its content type is "${type}".`);
}

/** Longer validators are no validators of ours to keep. */
const LONGEST_VALIDATOR = 500;
/** A document may have changed again in the second, or by the other server's clock, that dates it. */
const SETTLED_MS = 60_000;

function freshnessOf(headers: PageResponse["headers"]): Pick<FetchedPage, "etag" | "lastModified" | "maxAgeSeconds"> {
  const [etag, lastModified] = [headers.get("etag"), headers.get("last-modified")];
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(headers.get("cache-control") ?? "")?.[1];
  return {
    ...(etag && etag.length <= LONGEST_VALIDATOR ? { etag } : {}),
    ...(lastModified && isStrong(lastModified, headers.get("date")) ? { lastModified } : {}),
    ...(maxAge ? { maxAgeSeconds: Number(maxAge) } : {}),
  };
}

/** Whether a modification date tells one state from the next (RFC 9110, 8.8.2.2). */
function isStrong(lastModified: string, date: string | null): boolean {
  const modified = Date.parse(lastModified);
  return !Number.isNaN(modified) && (date === null || Date.parse(date) - modified >= SETTLED_MS);
}

function tooLarge(url: URL, maxBytes: number): UnfitError {
  return new UnfitError(`${url.href} is larger than ${maxBytes / 1_000_000} MB.`);
}

/** The unpacked body. Stops at the limit, however small the packed one was. */
async function readBytes(url: URL, response: PageResponse, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLarge(url, maxBytes);
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
