import { failure, type Reply } from "./reply.ts";
import type { State } from "./state.ts";

/** A request that was read whole. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export function header(call: Call, name: string): string | null {
  const value = call.headers[name];
  return typeof value === "string" ? value : null;
}

/** A refusal when the caller's key may not do this; null when it may. */
export function checkKey({ settings }: State, call: Call, needs: "sending" | "full"): Reply | null {
  const key = /^Bearer\s+(\S+)$/i.exec(header(call, "authorization") ?? "")?.[1];
  if (!key) return failure(401, "missing_api_key", "Missing API key in the authorization header.");
  const access = settings.apiKeys ? settings.apiKeys[key] : key.startsWith("re_") ? "full" : undefined;
  if (!access) return failure(403, "invalid_api_key", "API key is invalid.");
  if (access === "suspended") return failure(403, "suspended_api_key", "This API key is suspended.");
  if (access === "sending" && needs === "full") {
    return failure(401, "restricted_api_key", "This API key is restricted to only send emails.");
  }
  return null;
}
