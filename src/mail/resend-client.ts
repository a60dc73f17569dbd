import { type ErrorResponse, Resend, type Response } from "resend";
import type { HttpAnswer, Post } from "./post.ts";

interface RequestOptions {
  method?: string;
  body?: unknown;
  headers?: Headers;
  signal?: AbortSignal;
}

const UNREADABLE: ErrorResponse = {
  name: "application_error",
  statusCode: null,
  message: "Unable to fetch data. The request could not be resolved.",
};

/**
 * Resend's SDK with bodies of bytes sent by `post`. Answers have the shape that the SDK gives them: a status of null
 * means no answer, or a success that could not be read.
 */
export class ResendClient extends Resend {
  readonly #post: Post;
  readonly #baseUrl: string;

  constructor(apiKey: string, { baseUrl, post }: { baseUrl: string; post: Post }) {
    super(apiKey, { baseUrl });
    this.#baseUrl = baseUrl;
    this.#post = post;
  }

  override async fetchRequest<T>(path: string, options: RequestOptions = {}): Promise<Response<T>> {
    const { body, headers = new Headers(), signal = new AbortController().signal } = options;
    if (!(body instanceof Uint8Array)) return super.fetchRequest<T>(path, options);
    let answer: HttpAnswer;
    try {
      const url = `${this.#baseUrl}${path}`;
      answer = await this.#post(url, { headers: Object.fromEntries(headers.entries()), body, signal });
    } catch {
      return { data: null, error: UNREADABLE, headers: null };
    }
    return read<T>(answer);
  }
}

function read<T>({ status, headers, body }: HttpAnswer): Response<T> {
  const value = parse(body);
  if (status >= 200 && status < 300) {
    if (value === undefined) return { data: null, error: UNREADABLE, headers: null };
    return { data: value as T, error: null, headers };
  }
  const error = value === undefined ? { ...UNREADABLE, statusCode: status } : (value as ErrorResponse);
  return { data: null, error, headers };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
