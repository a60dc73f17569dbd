/** Asks the Worker on a connection of its own: `wrangler dev` may hang up on one that it kept open. */
export function visit(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, {
    ...init,
    headers: { ...(init.headers as Record<string, string> | undefined), connection: "close" },
  });
}
