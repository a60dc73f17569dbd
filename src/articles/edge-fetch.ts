import { InvalidError, UnavailableError } from "../errors.ts";
import type { FetchPage } from "./fetch-page.ts";
import { decodePage } from "./reading/decode-page.ts";

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 5_000_000;
const HTML = /^(text\/html|application\/xhtml\+xml)\b/i;

/**
 * Fetches pages with the runtime's own `fetch`. For runtimes whose network reaches the public web only, as Workers' does:
 * there is no private address to guard. Limits and errors as `FetchPage` says.
 */
export const edgeFetch: FetchPage = async (url) => {
  const asked = readUrl(url);
  const response = await ask(asked);
  const contentType = response.headers.get("content-type") ?? "";
  if (!response.ok) throw new UnavailableError(`the page at ${asked.host} answered ${response.status}`);
  if (!HTML.test(contentType)) throw new UnavailableError(`the page at ${asked.host} is not HTML`);
  return {
    url: response.url || asked.href,
    body: decodePage(await readBytes(response, asked.host), contentType),
    contentType,
  };
};

function readUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const usable = parsed && /^https?:$/.test(parsed.protocol) && parsed.username === "" && parsed.password === "";
  if (!usable)
    throw new InvalidError("url: expected an http(s) address without a user name", [
      { field: "url", text: "expected an http(s) address" },
    ]);
  return parsed;
}

async function ask(url: URL): Promise<Response> {
  try {
    return await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), headers: { accept: "text/html" } });
  } catch (cause) {
    throw new UnavailableError(`the page at ${url.host} did not answer`, { cause });
  }
}

async function readBytes(response: Response, host: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new UnavailableError(`the page at ${host} is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
