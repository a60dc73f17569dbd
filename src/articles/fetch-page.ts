/** What came back for a page, after redirects. */
export interface FetchedPage {
  /** Where the page stands, after redirects. */
  url: string;
  /** Decoded text. */
  body: string;
  contentType: string;
}

/**
 * Fetches a page of the open web for taking in. Refuses with `InvalidError` what is not http(s) or points into a
 * private network, with `UnavailableError` what does not answer, is too large or is not text.
 */
export type FetchPage = (url: string) => Promise<FetchedPage>;
