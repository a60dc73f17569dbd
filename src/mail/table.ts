import type { Bytes, Id, Time } from "../db/columns.ts";

/** A message kept by the capture transport instead of being sent. */
export interface CapturedMailTable {
  id: Id;
  /** `<idempotency key>/<position>`: unique, so that a retry is one message. */
  key: string;
  /** The whole message as JSON, encrypted by the vault. */
  message: Bytes;
  captured_at: Time;
}
