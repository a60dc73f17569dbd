/** A whole HTTP answer. Header names in lower case. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface PostOptions {
  headers: Record<string, string>;
  body: Uint8Array;
  signal: AbortSignal;
}

/**
 * Posts bytes and gives the whole answer. The body may be written over once the promise is settled. Throws when there
 * is no answer, or it breaks off.
 */
export type Post = (url: string, options: PostOptions) => Promise<HttpAnswer>;

/** By what every runtime has. It copies the body twice. */
export const postByFetch: Post = async (url, { headers, body, signal }) => {
  const response = await fetch(url, { method: "POST", headers, body: new Uint8Array(body), signal });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers.entries()),
    body: await response.text(),
  };
};
