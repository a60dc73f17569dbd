/** What an API key may do. `sending` may only send; `suspended` may nothing. */
export type KeyAccess = "full" | "sending" | "suspended";

/** What becomes of a message to an address. `refused` is a 422 for the request, the others are told by webhooks. */
export type Behaviour =
  | "delivered"
  | "bounced"
  | "bounced-soft"
  | "complained"
  | "delayed"
  | "suppressed"
  | "failed"
  | "silent"
  | "refused";

/** The first rule that fits an address decides; with `share`, it fits that part of them, always the same ones. */
export interface AddressRule {
  /** A regular expression, case-insensitive. */
  match: string;
  as: Behaviour;
  share?: number;
}

export interface WebhookSettings {
  url: string;
  /** `whsec_` and base64. */
  secret: string;
  delayMs?: number;
  /** Up to this much more, drawn for each notice: with it they arrive out of order. */
  jitterMs?: number;
  /** The share of notices that come twice under one id. */
  doubled?: number;
  /** Notices are delivered before the send itself is answered: all, or those of this share of requests, if they are taken soon. */
  early?: boolean | number;
  /** This share of notices waits so much longer. */
  late?: { share: number; ms: number };
  /** This share of notices has a twin about a message that nobody here sent. */
  unknown?: number;
  /** Notices wait for `release`. */
  held?: boolean;
  /** Waits between attempts, milliseconds. Svix waits 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h. */
  retryMs?: number[];
}

/** Everything about the double that may change while it runs; plain data, so that it also travels over HTTP. */
export interface Settings {
  /** Null: every key that begins with `re_` has full access. */
  apiKeys: Record<string, KeyAccess> | null;
  /** Sender domains that are verified; null: all are. */
  domains: string[] | null;
  /** Null: no limit. */
  rateLimit: { max: number; perMs: number } | null;
  /** Recipients a day and a month (UTC); null: no quota. */
  dailyQuota: number | null;
  monthlyQuota: number | null;
  addresses: AddressRule[];
  webhooks: WebhookSettings | null;
  /** What is remembered of an accepted message: all of it, all but HTML and headers, its ids and tags (of single mails also headers and text), its ids and tags, or only its address's count. */
  keep: "full" | "text" | "singles" | "brief" | "counts";
  /** For benchmarks: bodies are searched for addresses instead of parsed and validated, webhooks are off. */
  bench: boolean;
  /** Beginning of every random draw. */
  seed: number;
}

/** The provider as documented, with every message delivered. The two test addresses are the provider's own. */
export const defaults: Settings = {
  apiKeys: null,
  domains: null,
  rateLimit: { max: 5, perMs: 1000 },
  dailyQuota: null,
  monthlyQuota: null,
  addresses: [
    { match: "^bounced@resend\\.dev$", as: "bounced" },
    { match: "^complained@resend\\.dev$", as: "complained" },
  ],
  webhooks: null,
  keep: "full",
  bench: false,
  seed: 1,
};

/** What becomes of a message to this address. */
export function behaviourOf(settings: Settings, address: string): Behaviour {
  const rule = settings.addresses.find(
    (rule) => pattern(rule.match).test(address) && shareOf(address, settings.seed) < (rule.share ?? 1),
  );
  return rule?.as ?? "delivered";
}

const patterns = new Map<string, RegExp>();

function pattern(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, "i");
  patterns.set(source, known);
  return known;
}

/** A number from 0 to 1 that belongs to the address (FNV-1a). */
function shareOf(address: string, seed: number): number {
  let hash = 2_166_136_261 ^ seed;
  for (let at = 0; at < address.length; at++) hash = Math.imul(hash ^ address.charCodeAt(at), 16_777_619);
  return (hash >>> 0) / 2 ** 32;
}
