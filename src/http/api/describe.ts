import { z } from "./env.ts";

/** RFC 9457. */
const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), text: z.string() })).optional(),
  })
  .openapi("Problem");

const DESCRIPTIONS = {
  400: "The body cannot be read.",
  401: "No API key, or one that opens nothing.",
  403: "The key's role may not do this.",
  404: "There is no such thing.",
  409: "Its state does not allow the step.",
  413: "The body is too large.",
  415: "The body is of another media type.",
  422: "The request was read and does not mean anything this API does; `errors` names the fields.",
  429: "Too many requests; `Retry-After` says when to come back.",
  503: "Something outside did not answer as it should.",
} as const;
type ProblemStatus = keyof typeof DESCRIPTIONS;

/**
 * Responses that any route with a key gives, and those named. Typed without their content on purpose: a handler never
 * builds a problem, it throws, and the application's one error handler answers.
 */
export function problems(...statuses: ProblemStatus[]): Record<"401", { description: string }> {
  return describeProblems([401, 403, ...statuses]);
}

/** The same for routes that anyone may call. */
export function publicProblems(...statuses: ProblemStatus[]): Record<"400", { description: string }> {
  return describeProblems(statuses);
}

function describeProblems<T extends string>(statuses: ProblemStatus[]): Record<T, { description: string }> {
  const content = { "application/problem+json": { schema: Problem } };
  const entries = statuses.map((status) => [status, { description: DESCRIPTIONS[status], content }]);
  return Object.fromEntries(entries) as Record<T, { description: string }>;
}

/** A JSON response. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON request body; with `required: false` an empty one is `{}`. */
export function jsonBody<T extends z.ZodType>(schema: T, { required = true } = {}) {
  return { required, content: { "application/json": { schema } } };
}

/** For routes that need an API key. */
export const security = [{ key: [] }];

export const IdPath = z.object({
  id: z
    .string()
    .min(1)
    .max(64)
    .openapi({ param: { name: "id", in: "path" } }),
});
