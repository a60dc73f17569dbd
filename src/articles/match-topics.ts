import type { Topic } from "../topics/index.ts";

export interface TopicMatch {
  slugs: string[];
  /** The names that are no topic of this site. */
  unknown: string[];
}

/** Finds the topics that names stand for: by slug or name, whatever the case, punctuation and number. Pure. */
export function matchTopics(names: string[], topics: Topic[]): TopicMatch {
  const known = new Map(
    topics.flatMap(({ slug, name }) => [slug, name].map((text): [string, string] => [keyOf(text), slug])),
  );
  const slugs = new Set<string>();
  const unknown: string[] = [];
  for (const name of names) {
    const slug = known.get(keyOf(name));
    if (slug === undefined) unknown.push(name);
    else slugs.add(slug);
  }
  return { slugs: [...slugs], unknown };
}

/** "Assessment and screeners", "assessments-screeners" and "Assessments & Screeners" are one. */
function keyOf(name: string): string {
  return name
    .replace(/[™®©]/g, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "and" && word !== "")
    .map((word) => word.replace(/ies$/, "y").replace(/(?<=[^s]{2})s$/, ""))
    .join("");
}
