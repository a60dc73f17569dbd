import { lookup as resolve } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent, fetch } from "undici";
import { isAllowedAddress } from "./address-guard.ts";
import type { FetchPage } from "./fetch-page.ts";
import { type FollowOptions, followPage, refusedHost } from "./follow-page.ts";

export interface GuardedFetchOptions extends FollowOptions {
  /** Gives a host's addresses; the system's resolver unless a test brings its own. */
  resolve?: typeof resolve;
}

/**
 * Gives a `FetchPage` that cannot be sent into a private network (OWASP, Server Side Request Forgery Prevention): only
 * http(s) on the usual ports, every address of the host checked, the connection made to the checked address, and all of
 * it again at each redirect, of which there may be five.
 */
export function createGuardedFetch(options: GuardedFetchOptions = {}): FetchPage {
  const lookup = guardedLookup(options.resolve ?? resolve, options.allowPrivate ?? false);
  const dispatcher = new Agent({ connect: { lookup }, keepAliveTimeout: 1, pipelining: 0 });
  return (url, ask = {}) =>
    followPage(url, ask, { ...options, ask: (href, request) => fetch(href, { ...request, dispatcher }) });
}

/** Resolves a host and lets the connection use only addresses that were checked; one that is refused refuses the host. */
function guardedLookup(resolveHost: typeof resolve, allowPrivate: boolean): LookupFunction {
  return (host, options, callback) => {
    resolveHost(host, { ...options, all: true }, (error, addresses) => {
      const refused = error ? undefined : addresses.find(({ address }) => !isAllowedAddress(address, allowPrivate));
      const [first] = error ? [] : addresses;
      const problem = error ?? (refused ? refusedHost(host) : null);
      if (problem || !first) callback(problem ?? new Error(`${host} has no address`), "", 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
