import type { FetchPage } from "./fetch-page.ts";
import { type FollowOptions, followPage } from "./follow-page.ts";

/**
 * Gives a `FetchPage` on the runtime's own `fetch`, under the same rules as on Node but one: what a name resolves to
 * cannot be looked at here. For runtimes whose network reaches the public web only, as Workers' does.
 */
export function createEdgeFetch(options: FollowOptions = {}): FetchPage {
  return (url, ask = {}) => followPage(url, ask, { ...options, ask: (href, request) => fetch(href, request) });
}
