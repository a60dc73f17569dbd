/** The reasons a verb can refuse its input. Doors turn them into their own language (HTTP status, exit code). */
export type ErrorCode =
  | "malformed"
  | "invalid"
  | "not-found"
  | "conflict"
  | "unauthorized"
  | "forbidden"
  | "limited"
  | "unavailable";

/** One field of the input and what is wrong with it, in words for the person who sent it. */
export interface FieldError {
  field: string;
  text: string;
}

/** Base of every error a caller is expected to meet. Anything else is a defect. */
export class AppError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** What came cannot be read at all: not the syntax, or not the signature, that it claims to have. */
export class MalformedError extends AppError {
  constructor(message: string) {
    super("malformed", message);
  }
}

/** The input does not have the expected shape or meaning. */
export class InvalidError extends AppError {
  readonly errors: FieldError[];
  constructor(message: string, errors: FieldError[] = []) {
    super("invalid", message);
    this.errors = errors;
  }
}

/** The named thing does not exist, or the caller may not know whether it does. */
export class NotFoundError extends AppError {
  constructor(message: string) {
    super("not-found", message);
  }
}

/** The thing exists but its state does not allow the step. */
export class ConflictError extends AppError {
  constructor(message: string) {
    super("conflict", message);
  }
}

/** The caller did not say who they are, or with a key that opens nothing. */
export class UnauthorizedError extends AppError {
  constructor(message: string) {
    super("unauthorized", message);
  }
}

/** The caller is known, or need not be, and may not do this. */
export class ForbiddenError extends AppError {
  constructor(message: string) {
    super("forbidden", message);
  }
}

/** Too many requests; `retryAfterSeconds` says when to come back. */
export class LimitedError extends AppError {
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds: number) {
    super("limited", message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Something outside (a page, a provider, a database) did not answer as it should. */
export class UnavailableError extends AppError {
  constructor(message: string, options?: { cause?: unknown }) {
    super("unavailable", message, options);
  }
}
