import { setTimeout as pause } from "node:timers/promises";

/** The platform's HTTP, as readers and editors come to it while it is being killed. */
export interface Door {
  /** Asks until it is answered, and gives the answer. */
  ask(path: string, request?: DoorRequest): Promise<DoorAnswer>;
}

export interface DoorRequest {
  method?: "GET" | "POST";
  json?: unknown;
  form?: Record<string, string>;
  /** With the editor's key. */
  editor?: boolean;
}

export interface DoorAnswer {
  status: number;
  text: string;
  /** Requests that may have been acted on, this one included: those whose answer got lost. */
  perhaps: number;
}

const AGAIN_MS = 100;
const PATIENCE_MS = 120_000;
const ANSWER_MS = 15_000;

export function openDoor(url: string, adminKey: string): Door {
  return {
    ask: async (path, request = {}) => {
      const deadline = Date.now() + PATIENCE_MS;
      for (let perhaps = 1; ; ) {
        try {
          const answer = await fetch(`${url}${path}`, toInit(request, adminKey));
          const text = await answer.text();
          if (answer.status < 500 && answer.status !== 429) return { status: answer.status, text, perhaps };
          perhaps += 1;
        } catch (error) {
          if (!isClosed(error)) perhaps += 1;
        }
        if (Date.now() > deadline) throw new Error(`${path} was never answered`);
        await pause(AGAIN_MS);
      }
    },
  };
}

function toInit({ method = "GET", json, form, editor = false }: DoorRequest, adminKey: string): RequestInit {
  const headers: Record<string, string> = editor ? { authorization: `Bearer ${adminKey}` } : {};
  const signal = AbortSignal.timeout(ANSWER_MS);
  if (form) return { method, headers, signal, body: new URLSearchParams(form) };
  if (json === undefined) return { method, headers, signal };
  headers["content-type"] = "application/json";
  return { method, headers, signal, body: JSON.stringify(json) };
}

/** Nobody listened: the request surely came to nothing. */
function isClosed(error: unknown): boolean {
  const cause = (error as { cause?: { code?: string } }).cause;
  return cause?.code === "ECONNREFUSED";
}
