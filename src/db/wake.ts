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
  let closed = false;
  const connect = async () => {
    const own = new pg.Client({ connectionString: url });
    client = own;
    own.on("notification", ({ payload }) => {
      onRow(payload ?? "").catch((err: unknown) => log.warn({ err }, "a notice of a new row came to nothing"));
    });
    own.once("error", (err) => again(err));
    try {
      await own.connect();
      await own.query(`listen ${WAKE_CHANNEL}`);
    } catch (err) {
      again(err);
    }
  };
  const again = (err: unknown) => {
    if (closed || timer) return;
    log.warn({ err }, "listening for new rows broke off; trying again");
    timer = setTimeout(() => {
      timer = undefined;
      void connect();
    }, RECONNECT_MS);
  };
  void connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
