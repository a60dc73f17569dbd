import type { Template } from "../mail/mailer.ts";
import type { TokenPurpose } from "../vault/index.ts";

/** The words in a frozen rendering that stand for one reader's tokens. */
export const PLACEHOLDERS: Record<TokenPurpose, string> = {
  confirm: "__confirm__",
  "not-me": "__not-me__",
  preferences: "__preferences__",
  unsubscribe: "__unsubscribe__",
};

const ANY_PLACEHOLDER = /__(confirm|not-me|preferences|unsubscribe)__/;

/** The text cut at its placeholders; its values are tokens. */
export function cutTemplate(text: string): Template {
  return text.split(ANY_PLACEHOLDER);
}

/** The text with one reader's tokens in it. Costs about as much as copying it. */
export function fill(template: Template, value: (name: string) => string): string {
  if (template.length === 1) return template[0] ?? "";
  let out = "";
  for (let place = 0; place < template.length; place += 1) {
    const part = template[place] ?? "";
    out += place % 2 === 0 ? part : value(part);
  }
  return out;
}

/** Text from outside with anything that looks like a placeholder broken up, so that no page can ask for a token. */
export function disarm(text: string): string {
  return text.replace(/_{2,}(confirm|not-me|preferences|unsubscribe)_{2,}/g, "$1");
}

/** The same for every text inside a value: whatever a page or a link says, it must not ask for a reader's token. */
export function disarmed<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner) => (typeof inner === "string" ? disarm(inner) : inner)) as T;
}

/** A frozen rendering for everyone: links that would be personal lead to `url` instead. */
export function withoutTokens(text: string, url: string): string {
  const links = /https?:\/\/[^\s"'<>]*?__(?:confirm|not-me|preferences|unsubscribe)__/g;
  return text.replace(links, url);
}
