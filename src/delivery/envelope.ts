import type { Config } from "../config.ts";
import { formatMailbox } from "../mail/headers.ts";
import { PLACEHOLDERS } from "./merge.ts";
import type { EditorMailKind, MailKind } from "./words.ts";

export interface EnvelopeOf {
  kind: MailKind | EditorMailKind;
  /** The sender's name gives nothing away. */
  discreet: boolean;
  /** Sent by a schedule or in answer to a form, not by a person. */
  automatic: boolean;
}

const WITHOUT_LIST = new Set<EnvelopeOf["kind"]>(["confirm", "review-reminder"]);

/**
 * Sender and headers of a message, tokens as placeholders. One-click unsubscribing by RFC 8058, List-Id by RFC 2919,
 * `Auto-Submitted` by RFC 3834 section 5 on what no person sent. A confirmation has no list to leave yet, an
 * editor none at all.
 */
export function envelope(config: Config, { kind, discreet, automatic }: EnvelopeOf) {
  const headers: Record<string, string> = {};
  if (!WITHOUT_LIST.has(kind)) {
    headers["List-Id"] = `<${config.site.listId}>`;
    headers["List-Unsubscribe"] = `<${config.publicUrl}/unsubscribe/${PLACEHOLDERS.unsubscribe}>`;
    headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
  }
  if (automatic) headers["Auto-Submitted"] = "auto-generated";
  return { from: discreet ? discreetFrom(config) : config.mailFrom, headers };
}

function discreetFrom({ mailFrom, site }: Config): string {
  const address = /<([^>]+)>/.exec(mailFrom)?.[1] ?? mailFrom;
  return formatMailbox(site.discreetName, address);
}
