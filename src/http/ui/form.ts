import type { Context as Http } from "hono";

/** A posted form as text: files and unknown encodings count as nothing. */
export interface Form {
  one: (name: string) => string | undefined;
  many: (name: string) => string[];
}

/** Reads a urlencoded or multipart form. What cannot be read is an empty form, for the verb to refuse or to ignore. */
export async function readForm(c: Http): Promise<Form> {
  const body = await c.req.parseBody({ all: true }).catch((error: unknown) => {
    if (error instanceof TypeError) return {};
    throw error;
  });
  const many = (name: string) => texts(Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined);
  return { many, one: (name) => many(name).at(-1) };
}

function texts(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === "string");
}
