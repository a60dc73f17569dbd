const MAX = 100;

/** `[a-z0-9-]`, at most 100 characters; empty when nothing of the text can be kept. */
export function slugify(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX)
    .replace(/^-+|-+$/g, "");
}

/** The parts of an address's path, decoded, without file names that stand for their folder. */
export function pathSegments(url: string): string[] {
  return new URL(url).pathname
    .split("/")
    .map(decode)
    .map((segment) => segment.replace(/\.(?:x?html?|php|aspx?|jsp)$/i, ""))
    .filter((segment) => segment !== "" && !/^(?:index|default)$/i.test(segment));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}
