import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Call } from "./call.ts";
import { answerControl } from "./control.ts";
import { type Fault, isTaken, nameOf } from "./faults.ts";
import { answerProvider, isSend } from "./provider-api.ts";
import { failure, type Reply } from "./reply.ts";
import type { State } from "./state.ts";

const PAGE = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Bad gateway</body></html>";

/** The HTTP server of a double: the provider's addresses, and the double's own under `/_double/`. */
export function createDoubleServer(state: State): Server {
  const server = createServer((request, response) => {
    serve(state, request, response).catch((error) => {
      console.error("[resend double]", error);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = await readCall(request);
  if (call.path.startsWith("/_double/")) return answerControl(state, call, response);
  if (!isSend(call)) return give(state, response, await answerProvider(state, call, 0));
  state.record.noteRequest();
  const fault = state.faults.take();
  if (fault) state.record.noteFault(nameOf(fault));
  const slowMs = fault?.kind === "slow" ? fault.ms : 0;
  const reply = fault && !isTaken(fault) ? null : await answerProvider(state, call, slowMs);
  if (fault === null || fault.kind === "slow") return give(state, response, reply ?? broken());
  await spoil(state, response, fault, reply);
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", "http://double");
  const { method = "GET", headers } = request;
  return { method, path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks) };
}

function give(state: State, response: ServerResponse, reply: Reply, type = "application/json"): void {
  state.record.noteAnswer(reply.status);
  const length = Buffer.byteLength(reply.body);
  response.writeHead(reply.status, { "content-type": type, "content-length": length, ...reply.headers });
  response.end(reply.body);
}

/** Answers as the fault says; `reply` is what an honest answer would be, null when the request was not looked at. */
async function spoil(state: State, response: ServerResponse, fault: Fault, reply: Reply | null): Promise<void> {
  const honest = reply ?? broken();
  switch (fault.kind) {
    case "cut":
      return cut(state, response, honest);
    case "garbled":
      return give(state, response, { ...honest, body: PAGE }, "text/html");
    case "short":
      return give(state, response, { ...honest, body: withoutOne(honest.body) });
    case "badGateway":
      return give(state, response, { status: 502, body: PAGE }, "text/html");
    case "error500":
      return give(state, response, broken());
    case "status":
      return give(state, response, failure(fault.status, fault.name, fault.message ?? fault.name, fault.headers));
    case "answer":
      return give(state, response, { status: fault.status, body: fault.body });
    case "stall":
      return;
    default:
      state.record.noteAnswer(0);
      response.destroy();
  }
}

/** Promises the whole body and breaks off in its middle. */
async function cut(state: State, response: ServerResponse, reply: Reply): Promise<void> {
  state.record.noteAnswer(reply.status);
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { "content-type": "application/json", "content-length": body.length });
  await new Promise<void>((sent) => response.write(body.subarray(0, body.length >> 1), () => sent()));
  response.destroy();
}

function withoutOne(body: string): string {
  const { data, ...rest } = JSON.parse(body) as { data?: unknown[] };
  return JSON.stringify(data ? { ...rest, data: data.slice(1) } : rest);
}

const broken = () => failure(500, "application_error", "An unexpected error occurred.");
