import type { z } from "zod";
import { InvalidError } from "./errors.ts";

/** Parses input by a schema, or throws `InvalidError` that names each field and what it expects. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({ field: issue.path.join(".") || "body", text: issue.message }));
  throw new InvalidError(
    `The input is not as expected: ${errors.map((e) => `${e.field}: ${e.text}`).join("; ")}`,
    errors,
  );
}
