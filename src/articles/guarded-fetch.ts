import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, fetch, type Response } from "undici";
import { AppError, InvalidError, UnavailableError } from "../errors.ts";
import { isAllowedAddress } from "./address-guard.ts";
import type { FetchPage } from "./fetch-page.ts";
import { decodePage } from "./reading/decode-page.ts";

export interface GuardedFetchOptions {
  /** Whether this machine and its network may be read, on any port. Default false. */
  allowPrivate?: boolean;
  /** For the whole of it, redirects included. Default 10 seconds. */
  timeoutMs?: number;
  /** Of the page once unpacked. Default 5 MB. */
  maxBytes?: number;
  /** Gives a host's addresses; the system's resolver unless a test brings its own. */
  resolve?: typeof resolve;
}

type Guard = Required<GuardedFetchOptions> & { agent: Agent };

const MAX_REDIRECTS = 5;
const PORTS = new Set(["", "80", "443"]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const HTML = /^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i;
const HEADERS = {
  "user-agent": "HeyPsychNewsletter/0.1 (takes in articles for their publisher's newsletter)",
  accept: "text/html, application/xhtml+xml;q=0.9",
};

/** What a refused address throws inside the resolver, so that it comes out of the failed connection again. */
class RefusedAddress extends Error {}

/**
 * Gives a `FetchPage` that cannot be sent into a private network (OWASP, Server Side Request Forgery Prevention): only
 * http(s) on the usual ports, every address of the host checked, the connection made to the checked address, and all of
 * it again at each redirect, of which there may be five.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): FetchPage {
  const settings = { allowPrivate: false, timeoutMs: 10_000, maxBytes: 5_000_000, resolve, ...options };
  const agent = new Agent({ connect: { lookup: guardedLookup(settings) }, keepAliveTimeout: 1, pipelining: 0 });
  const guard = { ...settings, agent };
  return async (url) => {
    const signal = AbortSignal.timeout(guard.timeoutMs);
    try {
      return await follow(url, guard, signal);
    } catch (error) {
      throw explain(error, url, guard);
    }
  };
}

async function follow(start: string, guard: Guard, signal: AbortSignal): ReturnType<FetchPage> {
  let url = checkUrl(start, guard.allowPrivate);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetch(url.href, { dispatcher: guard.agent, redirect: "manual", signal, headers: HEADERS });
    const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
    if (location === null) return readPage(url, response, guard.maxBytes);
    await response.body?.cancel();
    url = checkUrl(URL.canParse(location, url.href) ? new URL(location, url.href).href : location, guard.allowPrivate);
  }
  throw new UnavailableError(`${start} redirects more than ${MAX_REDIRECTS} times.`);
}

/** Throws `InvalidError` that says what is wrong with the address. */
function checkUrl(raw: string, allowPrivate: boolean): URL {
  const refuse = (text: string) => new InvalidError(`url: ${text}`, [{ field: "url", text }]);
  if (raw.length > 2_000 || !URL.canParse(raw)) throw refuse("expected an http(s) address");
  const url = new URL(raw);
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refuse("expected an http(s) address");
  if (url.username !== "" || url.password !== "")
    throw refuse("an address with a user name or password is not fetched");
  if (!allowPrivate && !PORTS.has(url.port))
    throw refuse(`port ${url.port} is not fetched; pages are read from ports 80 and 443`);
  const literal = /^\[.*\]$|^[\d.]+$/.test(url.hostname) ? url.hostname.replace(/^\[|\]$/g, "") : null;
  if (literal !== null && !isAllowedAddress(literal, allowPrivate)) throw refuse(privateText(url.hostname));
  url.hash = "";
  return url;
}

function privateText(host: string): string {
  return `${host} is not on the open internet, and pages are fetched only from there`;
}

/** Resolves a host and lets the connection use only addresses that were checked; one that is refused refuses the host. */
function guardedLookup({ allowPrivate, resolve: resolveHost }: Omit<Guard, "agent">): LookupFunction {
  return (host, options, callback) => {
    resolveHost(host, { ...options, all: true }, (error, addresses) => {
      const refused = error ? undefined : addresses.find(({ address }) => !isAllowedAddress(address, allowPrivate));
      const [first] = error ? [] : addresses;
      const problem = error ?? (refused ? new RefusedAddress(privateText(host)) : null);
      if (problem || !first) callback(problem ?? new Error(`${host} has no address`), "", 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

async function readPage(url: URL, response: Response, maxBytes: number): ReturnType<FetchPage> {
  const contentType = response.headers.get("content-type") ?? "";
  const problem = whyNotPage(response, contentType);
  if (problem !== null) {
    await response.body?.cancel();
    throw new UnavailableError(`${url.href} ${problem}.`);
  }
  const body = decodePage(await readBytes(url, response, maxBytes), contentType);
  return { url: url.href, body, contentType };
}

function whyNotPage(response: Response, contentType: string): string | null {
  if (!response.ok) return `answered ${response.status}`;
  if (!HTML.test(contentType)) return `is not an HTML page; its content type is "${contentType.slice(0, 100)}"`;
  return null;
}

/** The unpacked body. Stops at the limit, however small the packed one was. */
async function readBytes(url: URL, response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new UnavailableError(`${url.href} is larger than ${maxBytes / 1_000_000} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A failed fetch as the caller meets it. */
function explain(error: unknown, url: string, { timeoutMs }: Guard): AppError {
  if (error instanceof AppError) return error;
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof RefusedAddress)
      return new InvalidError(`url: ${at.message}`, [{ field: "url", text: at.message }]);
    if (at.name === "TimeoutError")
      return new UnavailableError(`${url} did not answer within ${timeoutMs / 1000} seconds.`, { cause: error });
    if ("code" in at && at.code === "ENOTFOUND")
      return new UnavailableError(`No host of that name was found for ${url}.`, { cause: error });
  }
  return new UnavailableError(`${url} could not be fetched.`, { cause: error });
}
