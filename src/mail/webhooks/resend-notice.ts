import { z } from "zod";
import { InvalidError } from "../../errors.ts";
import type { ProviderEventKind, ProviderNotice, ProviderSuppression } from "../provider-event.ts";
import { redactAddresses } from "../redact-addresses.ts";

/** Types that say something of a delivery; the others (opens, clicks, contacts, domains) are none of our business. */
const KINDS: Record<string, ProviderEventKind> = {
  "email.sent": "sent",
  "email.delivered": "delivered",
  "email.delivery_delayed": "delayed",
  "email.bounced": "bounced",
  "email.complained": "complained",
  "email.failed": "failed",
  "email.suppressed": "suppressed",
};

const LIST_KINDS: Record<string, ProviderSuppression["kind"]> = {
  "suppression.added": "suppression-added",
  "suppression.removed": "suppression-removed",
};

/** Gives the blind index of an address; null for what is none. */
export type IndexOf = (address: string) => string | null;

const words = z.string().optional().catch(undefined);

const Notice = z.object({
  type: z.string(),
  created_at: words,
  data: z.object({}).loose().optional().catch(undefined),
});

const EmailData = z.object({
  email_id: words,
  to: z.union([z.string(), z.array(z.string())]).catch([]),
  tags: z.unknown().optional(),
  bounce: z.object({ type: words, subType: words, message: words }).optional().catch(undefined),
  suppressed: z.object({ type: words, reason: words }).optional().catch(undefined),
  failed: z.object({ reason: words }).optional().catch(undefined),
});
type EmailData = z.infer<typeof EmailData>;

const OPAQUE = /^[A-Za-z0-9_-]{1,256}$/;

const ListData = z.object({ email: words });

/** A signed notice without anything personal; null for a type that is not ours. Throws `InvalidError` for no notice. */
export function normalise(id: string, body: unknown, now: number, indexOf: IndexOf): ProviderNotice | null {
  const notice = Notice.safeParse(body);
  if (!notice.success) throw new InvalidError("the notice has no type");
  const { type, created_at, data } = notice.data;
  const happened = Date.parse(created_at ?? "");
  const at = Number.isNaN(happened) ? now : happened;
  const listKind = Object.hasOwn(LIST_KINDS, type) ? LIST_KINDS[type] : undefined;
  if (listKind) {
    const addressIndex = indexOf(ListData.parse(data ?? {}).email ?? "");
    return addressIndex === null ? null : { id, kind: listKind, at, addressIndex };
  }
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind) return null;
  const email = EmailData.parse(data ?? {});
  return {
    id,
    kind: kind === "bounced" && email.bounce?.type !== "Permanent" ? "bounced-soft" : kind,
    at,
    providerId: email.email_id !== undefined && OPAQUE.test(email.email_id) ? email.email_id : null,
    tags: opaqueTags(email.tags),
    detail: detailOf(email),
  };
}

/** Tags come back as an object; a list of names and values, as they were sent, is read too. */
function opaqueTags(tags: unknown): Record<string, string> {
  const pairs = Array.isArray(tags)
    ? tags.map((tag: { name?: unknown; value?: unknown } | null) => [tag?.name, tag?.value])
    : Object.entries(tags ?? {});
  return Object.fromEntries(
    pairs.filter((pair) => pair.every((part) => typeof part === "string" && OPAQUE.test(part))),
  );
}

function detailOf({ to, bounce, suppressed, failed }: EmailData): string | null {
  const kind = [bounce?.type ?? suppressed?.type, bounce?.subType ?? suppressed?.reason].filter(Boolean).join(" ");
  const said = [kind, bounce?.message ?? failed?.reason].filter(Boolean).join(": ");
  return said === "" ? null : redactAddresses(said, [to].flat());
}
