import { readFileSync } from "node:fs";
import { type Extraction, extract } from "../../src/articles/index.ts";

export const ADDRESS = "https://calm.example/resources/digital-tools/light-therapy/";

/** A page of `tests/fixtures/articles`. */
export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/articles/${name}.html`, import.meta.url), "utf8");
}

export const PROSE = `<p>${"Light in the morning sets the clock of the body for the day that follows it. ".repeat(5)}</p>`;

/** Reads a small page: what stands in its head, and what stands above one paragraph of prose. */
export function read(head: string, above: string, below = ""): Extraction {
  return extract(
    `<html><head>${head}</head><body><main><h1>Lamps</h1>${above}${PROSE}${below}</main></body></html>`,
    ADDRESS,
  );
}

export function jsonLd(value: unknown): string {
  return `<script type="application/ld+json">${typeof value === "string" ? value : JSON.stringify(value)}</script>`;
}
