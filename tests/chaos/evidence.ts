import type { Accepted } from "../support/resend-double/index.ts";
import type { RemoteDouble } from "../support/resend-double/spawn.ts";
import type { TakenNotice } from "../support/resend-double/webhooks.ts";

/** What the provider took and told: the truth that no row can argue with. */
export interface Evidence {
  /** Messages of the digest that were accepted for each address. */
  letters: Map<string, number>;
  /** Deliveries by the provider's message id, read from the tags. */
  deliveryOf: Map<string, number>;
  /** Single mails by address, as the subjects they were accepted with. */
  singles: Map<string, Accepted[]>;
  /** Accepted more than once: messages of one delivery. */
  repeated: number;
  notices: TakenNotice[];
}

export async function readEvidence(double: RemoteDouble, digestUid: string): Promise<Evidence> {
  const evidence: Evidence = {
    letters: new Map(),
    deliveryOf: new Map(),
    singles: new Map(),
    repeated: 0,
    notices: [],
  };
  const seen = new Set<number>();
  for await (const message of double.messages()) {
    const delivery = Number(message.tags.delivery?.slice(1));
    evidence.deliveryOf.set(message.id, delivery);
    if (seen.has(delivery)) evidence.repeated += 1;
    seen.add(delivery);
    const { to } = message;
    if (message.tags.digest === digestUid) evidence.letters.set(to, (evidence.letters.get(to) ?? 0) + 1);
    if (message.tags.mail !== undefined) evidence.singles.set(to, [...(evidence.singles.get(to) ?? []), message]);
  }
  for await (const notice of double.notices()) evidence.notices.push(notice);
  return evidence;
}
