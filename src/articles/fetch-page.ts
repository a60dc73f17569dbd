import { UnavailableError } from "../errors.ts";

/** How a page is asked for. */
export interface PageAsk {
  /** What the answer may be: an HTML page (the default), or any document that lists pages. */
  as?: "page" | "list";
  /** Validators of the copy already seen (RFC 9110, 13.1): the same again is answered by `unchanged`. */
  etag?: string | null;
  lastModified?: string | null;
}

/** What came back for a page, after redirects. */
export interface FetchedPage {
  /** Where the page stands, after redirects. */
  url: string;
  /** Decoded text; empty when unchanged. */
  body: string;
  contentType: string;
  /** Whether it is still the copy whose validators were sent. */
  unchanged?: true;
  /** Validators to ask with next time, where the server gave any. */
  etag?: string;
  lastModified?: string;
  /** How long the server says this stays fresh. */
  maxAgeSeconds?: number;
}

/**
 * Fetches a page of the open web for taking in. Refuses with `InvalidError` what is not http(s) or points into a
 * private network, with `UnavailableError` what does not answer, and with its kinds `AnswerError` what is answered by an
 * error, `UnfitError` what is too large or of another type.
 */
export type FetchPage = (url: string, ask?: PageAsk) => Promise<FetchedPage>;

/** A server answered with an error status. */
export class AnswerError extends UnavailableError {
  readonly status: number;
  /** The header as it came: seconds or a date (RFC 9110, 10.2.3). */
  readonly retryAfter: string | null;
  constructor(message: string, status: number, retryAfter: string | null) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** A server gave something that is not read: too large, or of another type. */
export class UnfitError extends UnavailableError {}
