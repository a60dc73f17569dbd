import { setTimeout as pause } from "node:timers/promises";
import type { Accepted } from "../support/resend-double/index.ts";
import type { RemoteDouble } from "../support/resend-double/spawn.ts";
import { leaveBy } from "./departures.ts";
import type { Door } from "./door.ts";

/** A reader who came while the digest went out. */
export interface Arrival {
  address: string;
  /** Requests for it that may have been taken in. */
  requests: number;
  left: boolean;
}

export interface Arrivals {
  /** Resolves when everyone who began to come has come. */
  end(): Promise<Arrival[]>;
}

const AT_ONCE = 3;
const PAUSE_MS = 100;
const LOOK_MS = 100;
const MAIL_MS = 180_000;
/** One arrival in so many leaves again by the link of the welcome. */
const LEAVES = 0.2;

/** Lets `count` readers sign up by the API and confirm by the link in the mail that the provider took. */
export function startArrivals(
  double: RemoteDouble,
  { door, count, draw }: { door: Door; count: number; draw: () => number },
): Arrivals {
  const planned = Array.from({ length: count }, (_, place) => ({ number: place + 1, leaves: draw() < LEAVES }));
  const come = async (): Promise<Arrival[]> => {
    const came: Arrival[] = [];
    for (let one = planned.shift(); one; one = planned.shift()) {
      came.push(await arrive(double, door, `joiner${one.number}@example.org`, one.leaves));
      await pause(PAUSE_MS);
    }
    return came;
  };
  const coming = Promise.all(Array.from({ length: AT_ONCE }, come));
  // Whoever awaits the end hears of the error; it must not end the process before.
  coming.catch(() => undefined);
  return { end: async () => (await coming).flat() };
}

async function arrive(double: RemoteDouble, door: Door, address: string, leaves: boolean): Promise<Arrival> {
  const asked = await door.ask("/api/v1/subscriptions", { method: "POST", json: { email: address } });
  if (asked.status !== 202) throw new Error(`a sign-up was answered with ${asked.status}: ${asked.text}`);
  const confirming = await linkFrom(double, address, "confirm");
  const { status } = await door.ask(confirming, { method: "POST" });
  if (status !== 200) throw new Error(`a confirmation was answered with ${status}`);
  if (leaves) await leaveBy(door, await linkFrom(double, address, "unsubscribe"));
  return { address, requests: asked.perhaps, left: leaves };
}

async function linkFrom(double: RemoteDouble, address: string, purpose: string): Promise<string> {
  const link = new RegExp(`/${purpose}/[A-Za-z0-9._~-]+`);
  for (const deadline = Date.now() + MAIL_MS; Date.now() < deadline; await pause(LOOK_MS)) {
    const found = (await double.singlesTo(address)).map(textOf).join("\n").match(link);
    if (found) return found[0];
  }
  throw new Error(`no ${purpose} link came`);
}

function textOf({ email }: Accepted): string {
  return email ? `${Object.values(email.headers).join("\n")}\n${email.text ?? ""}` : "";
}
