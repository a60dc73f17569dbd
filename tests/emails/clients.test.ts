import { caniemail } from "caniemail";
import { expect, it } from "vitest";
import { renderAll, renderVariants } from "./reading.ts";
import { everyMail } from "./samples.ts";

const CLIENTS = [
  "gmail.desktop-webmail",
  "gmail.ios",
  "gmail.android",
  "outlook.windows",
  "outlook.macos",
  "outlook.ios",
  "outlook.android",
  "apple-mail.*",
  "yahoo.*",
] as const;

// What a mail may use although some client ignores it: each only refines what a plainer rule beside it already does.
const REFINEMENTS = new Set([
  "@media", // dark mode and wide screens; inline styles are light and narrow
  "Attribute selector", // Outlook.com's dark mode
  "<body> element", // replaced by a div, which is why everything stands in one
  "aria-hidden attribute", // the preheader is also hidden by style
  "opacity", // same
  "overflow", // same
  "height property", // caniemail counts line-height and max-height here
  "overflow-wrap", // word-break says it too
  "word-break", // only words longer than the line need it
  "table-layout", // same
  "border-radius",
  "target attribute", // where a link opens is the client's choice
  "white-space",
  "text-decoration-color",
  "text-decoration-thickness",
  "text-underline-offset",
]);

const mails = [...(await renderAll(everyMail())), ...(await renderVariants())];

it.each(mails)("lays out the %s mail with nothing that Gmail, Outlook, Apple Mail or Yahoo lack", (_name, { html }) => {
  const { errors } = caniemail({ clients: [...CLIENTS], html }).issues;
  const missing = [...errors].flatMap(([client, issues]) => issues.map(({ title }) => ({ client, title })));
  expect(missing.length).toBeGreaterThan(0);
  expect(missing.filter(({ title }) => !REFINEMENTS.has(title))).toEqual([]);
});
