const ADDRESS = /[^\s"'<>()[\]{},;:=]+@[^\s"'<>()[\]{},;:=]+/g;
const TOKEN = /[A-Za-z0-9_-]{59}/g;

/** Whatever an error says, without addresses and readers' tokens. */
export function scrub<T>(value: T): T {
  if (typeof value === "string") return value.replace(ADDRESS, "[address]").replace(TOKEN, "[token]") as T;
  if (Array.isArray(value)) return value.map(scrub) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, scrub(inner)])) as T;
}
