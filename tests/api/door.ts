import { createApp } from "../../src/app.ts";
import { type TestContext, type TestContextOptions, testContext } from "../support/context.ts";

export const ADMIN_KEY = "test-admin-key-0123456789";

export interface Call {
  /** An object goes as JSON, a string as it is. */
  body?: unknown;
  /** API key; null for none. The bootstrap key unless said otherwise. */
  key?: string | null;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON, or null. */
  json: Record<string, unknown>;
}

export interface Door extends TestContext {
  /** A request of the API: `path` stands under `/api/v1`. */
  api(method: string, path: string, call?: Call): Promise<Answer>;
  /** Any request. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

/** The whole application on a test context, called without a server. */
export async function openDoor(options: TestContextOptions = {}): Promise<Door> {
  const test = await testContext(options);
  const app = createApp(test.ctx);
  const request = async (path: string, init?: RequestInit) => app.request(path, init);
  const api = async (method: string, path: string, { body, key = ADMIN_KEY, headers = {} }: Call = {}) => {
    const asJson = body !== undefined && typeof body !== "string";
    const response = await request(`/api/v1${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(asJson ? { "content-type": "application/json" } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: asJson ? JSON.stringify(body) : (body as string) }),
    });
    return read(response);
  };
  return { ...test, api, request };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true && !text.includes("}\n{");
  const json = isJson && text !== "" ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, json };
}

/** Lines of an import: each an address and, where it matters, other fields. */
export function csv(...lines: string[]): string {
  return `email,topics,cadence,timezone,locale,confirmed_at,consent_source\n${lines.join("\n")}\n`;
}

/** A good line for this address. */
export function line(email: string, topics = "", cadence = "weekly"): string {
  return `${email},${topics},${cadence},Europe/Madrid,en,2025-03-31T09:00:00Z,paper form`;
}
