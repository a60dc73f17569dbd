import type { CheerioAPI } from "cheerio/slim";
import { parseLeniently } from "./lenient-json.ts";

export type JsonLdNode = Record<string, unknown>;

const MAX_NODES = 2_000;
const MAX_DEPTH = 8;
/** Properties whose nodes speak of the page itself; others (`isPartOf`, `itemListElement`, `blogPost`) lead elsewhere. */
const INWARD = ["@graph", "mainEntity", "mainEntityOfPage"];

export interface JsonLd {
  /** Nodes that may speak of the page, in page order. */
  nodes: JsonLdNode[];
  /** Nodes inside others: they speak of the page only when they name its address. */
  inner: JsonLdNode[];
  /** Every node that carries an `@id`, for references. */
  byId: Map<string, JsonLdNode>;
  /** How many blocks could not be read. */
  broken: number;
}

/** Reads every JSON-LD block of the page; a block that does not parse is counted and passed over. */
export function readJsonLd($: CheerioAPI): JsonLd {
  const found: JsonLd = { nodes: [], inner: [], byId: new Map(), broken: 0 };
  for (const el of $("script").toArray()) {
    if (!/^\s*application\/ld\+json\b/i.test(el.attribs.type ?? "")) continue;
    const value = parseLeniently($(el).text());
    if (value === undefined) found.broken += 1;
    else collect(value, found, 0, true);
  }
  return found;
}

function collect(value: unknown, found: JsonLd, depth: number, inward: boolean): void {
  if (depth > MAX_DEPTH || found.inner.length + found.nodes.length > MAX_NODES) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found, depth + 1, inward);
  } else if (isNode(value)) {
    const id = value["@id"];
    if (typeof id === "string" && Object.keys(value).length > 1 && !found.byId.has(id)) found.byId.set(id, value);
    (inward ? found.nodes : found.inner).push(value);
    for (const [key, child] of Object.entries(value)) {
      if (typeof child === "object") collect(child, found, depth + 1, inward && INWARD.includes(localName(key)));
    }
  }
}

export function isNode(value: unknown): value is JsonLdNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `headline` of `schema:headline` and `https://schema.org/headline`. */
export function localName(name: string): string {
  return name.replace(/^(?:schema:|https?:\/\/(?:www\.)?schema\.org\/)/i, "");
}

export function typesOf(node: JsonLdNode): string[] {
  const type = node["@type"];
  return (Array.isArray(type) ? type : [type]).filter((name) => typeof name === "string").map(localName);
}

/** The values of a property, as a list. */
export function valuesOf(node: JsonLdNode, property: string): unknown[] {
  const key = Object.keys(node).find((name) => localName(name) === property);
  const value = key === undefined ? undefined : node[key];
  if (value === undefined || value === null) return [];
  if (isNode(value) && Array.isArray(value["@list"])) return value["@list"];
  return Array.isArray(value) ? value : [value];
}
