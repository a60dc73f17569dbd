import pg from "pg";
import type { Log } from "../log-port.ts";
import { WAKE_CHANNEL } from "./wake-channel.ts";

const RECONNECT_MS = 5_000;

/**
 * Listens for rows that processes without a queue have written, until closed. Lossy by nature: whatever is missed while
 * the connection is down, the sweep finds. `onRow` is given what the notice says.
 */
export function listenForRows(
  url: string,
  onRow: (text: string) => Promise<void>,
  log: Log,
): { close(): Promise<void> } {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  const connect = async () => {
    const own = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 });
    client = own;
    own.on("notification", ({ payload }) => {
      onRow(payload ?? "").catch((err: unknown) => log.warn({ err }, "a notice of a new row came to nothing"));
    });
    // A lost connection reports more than one error, and one that nobody hears would end the process.
    own.on("error", (err) => lose(own, err));
    try {
      await own.connect();
      await own.query(`listen ${WAKE_CHANNEL}`);
    } catch (err) {
      lose(own, err);
    }
  };
  const lose = (own: pg.Client, err: unknown) => {
    if (client !== own) return;
    client = null;
    log.warn({ err }, "listening for new rows broke off; trying again");
    void own.end();
    timer = setTimeout(connect, RECONNECT_MS);
  };
  void connect();
  return {
    close: async () => {
      const own = client;
      client = null;
      clearTimeout(timer);
      await own?.end();
    },
  };
}
