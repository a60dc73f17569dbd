import { isNode, type JsonLd, type JsonLdNode, localName, valuesOf } from "./json-ld-nodes.ts";
import { parsePage } from "./parse-page.ts";
import { plainText } from "./plain-text.ts";

/** Characters of one value. */
const LONGEST = 500_000;
/** What names a node, most telling first. */
const NAMES = ["name", "legalName", "headline", "termCode"];

/** The values in words: strings and numbers as they are, nodes by their names, `@id` followed. */
export function texts(values: unknown[], found: JsonLd, depth = 0): string[] {
  return values.flatMap((value) => {
    if (typeof value === "string" || typeof value === "number")
      return [inWords(String(value))].filter((text) => text !== "");
    if (Array.isArray(value) && depth < 3) return texts(value, found, depth + 1);
    return isNode(value) && depth < 3 ? textsOfNode(value, found, depth) : [];
  });
}

function textsOfNode(node: JsonLdNode, found: JsonLd, depth: number): string[] {
  if (node["@value"] !== undefined) return texts([node["@value"]], found, depth + 1);
  const target = typeof node["@id"] === "string" ? (found.byId.get(node["@id"]) ?? node) : node;
  const [name] = NAMES.map((property) => valuesOf(target, property)).find((list) => list.length > 0) ?? [
    personOf(target),
  ];
  return texts([name], found, depth + 1);
}

function personOf(node: JsonLdNode): string {
  const parts = ["givenName", "familyName"].flatMap((property) => valuesOf(node, property).slice(0, 1));
  return parts.filter((part) => typeof part === "string").join(" ");
}

/** Systems put markup and entities into JSON strings; a term's IRI stands for its name. */
function inWords(text: string): string {
  const name = localName(text.slice(0, LONGEST));
  return plainText(/[<&]/.test(name) && name.length < 100_000 ? parsePage(`${name} `).root().text() : name);
}
