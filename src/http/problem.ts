import type { Context as Http } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { AppError, type ErrorCode, type FieldError, InvalidError, LimitedError } from "../errors.ts";

const STATUS: Record<ErrorCode, ContentfulStatusCode> = {
  malformed: 400,
  unauthorized: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  invalid: 422,
  limited: 429,
  unavailable: 503,
};

const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** An error as HTTP tells it. `detail` is null where the cause is ours and none of the caller's business. */
export interface Failure {
  status: ContentfulStatusCode;
  detail: string | null;
  errors: FieldError[];
  headers: Record<string, string>;
}

/** What an error means in HTTP; anything that is not expected is a 500 that says nothing. */
export function failureOf(error: Error): Failure {
  if (error instanceof HTTPException) return failure(error.status as ContentfulStatusCode, error.message || null);
  if (!(error instanceof AppError)) return failure(500, null);
  return {
    ...failure(STATUS[error.code], error.message),
    errors: error instanceof InvalidError ? error.errors : [],
    headers: headersOf(error),
  };
}

export function failure(
  status: ContentfulStatusCode,
  detail: string | null,
  headers: Record<string, string> = {},
): Failure {
  return { status, detail, errors: [], headers };
}

function headersOf(error: AppError): Record<string, string> {
  if (error instanceof LimitedError) return { "Retry-After": String(error.retryAfterSeconds) };
  if (error.code === "unauthorized") return { "WWW-Authenticate": 'Bearer realm="admin"' };
  return {};
}

/** Answers with `application/problem+json` (RFC 9457); the type is the status itself, `about:blank`. */
export function answerProblem(c: Http, { status, detail, errors, headers }: Failure): Response {
  const problem = {
    type: "about:blank",
    title: TITLES[status] ?? "Error",
    status,
    ...(detail === null ? {} : { detail }),
    ...(errors.length > 0 ? { errors } : {}),
  };
  return c.body(JSON.stringify(problem), status, { ...headers, "Content-Type": "application/problem+json" });
}

/** Whether a program asks, by the path alone: errors below these are problems, all others are pages. */
export function isForPrograms(path: string): boolean {
  return /^\/(?:api|webhooks)(?:\/|$)|^\/(?:openapi\.json|healthz|readyz|metrics)$/.test(path);
}
