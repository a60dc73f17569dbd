/** An address that a mail may not carry. `field` says where it stood: `items.0.url`. */
export class BadLinkError extends Error {
  readonly code = "invalid";
  readonly field: string;
  constructor(field: string) {
    super(`${field} must be an http or https address`);
    this.name = "BadLinkError";
    this.field = field;
  }
}

// Blanks, quotes, angle brackets, controls and direction marks have no place in an address and could break out of one.
const UNSAFE = /[\s"<>\\\p{Cc}\p{Cf}]/u;

function isWebAddress(value: unknown): boolean {
  if (typeof value !== "string" || UNSAFE.test(value) || !URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}

/**
 * Looks at every field named `url` or ending in `Url`, at any depth. React would let a bad address through as a
 * script that throws, and its text into the plain part, so it is refused before rendering.
 * @throws BadLinkError naming the field.
 */
export function checkLinks(value: unknown, path = ""): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const field = path === "" ? key : `${path}.${key}`;
    if (/^url$|Url$/.test(key) && !isWebAddress(inner)) throw new BadLinkError(field);
    checkLinks(inner, field);
  }
}
