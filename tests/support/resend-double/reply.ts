/** What the double answers, before a fault spoils it. */
export interface Reply {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return { status, body: JSON.stringify(value), headers };
}

/** An error in the provider's shape. */
export function failure(status: number, name: string, message: string, headers: Record<string, string> = {}): Reply {
  return json(status, { statusCode: status, message, name }, headers);
}
