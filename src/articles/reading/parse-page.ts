import { type CheerioAPI, load } from "cheerio/slim";
import { type ChildNode, Document, Element } from "domhandler";
import { DomHandler, Parser } from "htmlparser2";
import { InvalidError } from "../../errors.ts";

const MAX_BYTES = 5_000_000;
const MAX_ELEMENTS = 200_000;
const MAX_DEPTH = 1_000;

/** Stops a page that is built to exhaust whoever reads it. */
class BoundedHandler extends DomHandler {
  #elements = 0;
  #depth = 0;

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#elements += 1;
    this.#depth += 1;
    if (this.#elements > MAX_ELEMENTS) throw new InvalidError(`The page has more than ${MAX_ELEMENTS} elements.`);
    if (this.#depth > MAX_DEPTH) throw new InvalidError(`The page nests its elements more than ${MAX_DEPTH} deep.`);
    super.onopentag(name, attributes);
  }

  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}

/** Parses markup however broken, in time linear in its length. Throws `InvalidError` when it is empty or too large. */
export function parsePage(html: string): CheerioAPI {
  if (html.length > MAX_BYTES) throw new InvalidError(`The page is larger than ${MAX_BYTES / 1_000_000} MB.`);
  if (html.trim() === "") throw new InvalidError("The page is empty: there is no article in it.");
  const handler = new BoundedHandler();
  // As in HTML: a null in text is no character.
  new Parser(handler).end(html.replaceAll("\0", ""));
  return load(underOneRoot(handler.root.children));
}

/** Selecting compares each pair of top-level nodes: a page without `html` would cost the square of its length. */
function underOneRoot(nodes: ChildNode[]): Document {
  const page = new Element("html", {}, nodes);
  for (const node of nodes) node.parent = page;
  const root = new Document([page]);
  page.parent = root;
  return root;
}
