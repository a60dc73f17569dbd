import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** What the sink does to the next messages, in place of taking them. */
export type SmtpFault =
  /** Takes the content and breaks the connection instead of answering. */
  | { at: "content"; does: "drop" }
  /** Takes the content and never answers. */
  | { at: "content"; does: "stall" }
  /** Never answers the recipient. */
  | { at: "recipient"; does: "stall" }
  /** Breaks the connection when the recipient is named. */
  | { at: "recipient"; does: "drop" }
  | { at: "sender" | "recipient" | "content"; does: "refuse"; code: number };

export interface SmtpSink {
  url: string;
  /** Every message whose content arrived whole, whatever was answered. */
  arrived: Buffer[];
  fault: SmtpFault | null;
  connections(): number;
  /** Breaks the connections that are open now. */
  breakConnections(): void;
  close(): Promise<void>;
}

export interface SmtpSinkOptions {
  /** Whoever sends must log in so. */
  login?: { user: string; pass: string };
  /** An address that is refused with 550. */
  refused?: string;
}

/** An SMTP server on a free port of 127.0.0.1. */
export async function startSmtpSink({ login, refused = "" }: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const sockets = new Set<Socket>();
  const counted = { connections: 0 };
  const sink: Pick<SmtpSink, "arrived" | "fault"> = { arrived: [], fault: null };
  const breakConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  const server = new SMTPServer({
    ...loginOptions(login),
    ...behaviour(sink, refused, breakConnections),
    logger: false,
  });
  server.server.on("connection", (socket: Socket) => {
    counted.connections++;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("error", () => undefined);
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  return Object.assign(sink, {
    url: `smtp://${login ? `${login.user}:${login.pass}@` : ""}127.0.0.1:${port}`,
    connections: () => counted.connections,
    breakConnections,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      breakConnections();
      await closed;
    },
  });
}

function loginOptions(login: { user: string; pass: string } | undefined): SMTPServerOptions {
  return {
    authOptional: !login,
    disabledCommands: login ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, answer) => {
      if (username === login?.user && password === login?.pass) answer(null, { user: "sender" });
      else answer(new Error("the password is wrong"));
    },
  };
}

function behaviour(
  sink: Pick<SmtpSink, "arrived" | "fault">,
  refused: string,
  breakConnections: () => void,
): SMTPServerOptions {
  const faultAt = (at: SmtpFault["at"]) => (sink.fault?.at === at ? sink.fault : null);
  const answerAs = (fault: SmtpFault | null, address: string, answer: (error?: Error | null) => void) => {
    if (!fault) return answer();
    if (fault.does === "refuse") return answer(refusal(fault.code, address));
    if (fault.does === "drop") breakConnections();
  };
  return {
    onMailFrom: ({ address }, _, answer) => answerAs(faultAt("sender"), address, answer),
    onRcptTo: ({ address }, _, answer) => {
      if (address === refused) answer(refusal(550, address));
      else answerAs(faultAt("recipient"), address, answer);
    },
    onData: (stream, session, answer) => {
      const to = session.envelope.rcptTo[0]?.address ?? "";
      void buffer(stream).then((content) => {
        sink.arrived.push(content);
        answerAs(faultAt("content"), to, answer);
      });
    },
  };
}

/** Mail servers repeat the address in their words. */
function refusal(responseCode: number, address: string): Error {
  return Object.assign(new Error(`<${address}> is not taken here`), { responseCode });
}
