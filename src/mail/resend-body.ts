import type { MergedFrom, OutgoingMessage, Rendering, Template } from "./mailer.ts";

/** A rendering as it travels: texts that are the same in every message, and between them what differs. */
interface Encoded {
  pieces: readonly (Uint8Array | Slot)[];
  /** Bytes of all that is the same. */
  bytes: number;
}

/** What differs from message to message: its tags, its recipient, or one of the values merged into it. */
type Slot = "tags" | "to" | { value: string };

/** More than any message's own parts take. */
const ROOM_FOR_SLOTS = 4096;

/** Encoding a rendering costs as much as encoding a message; held by the rendering, gone with it. */
const encoded = new WeakMap<Rendering, Encoded>();

/**
 * The JSON array that Resend's batch endpoint takes, UTF-8. The same bytes, keys in the same order, as its SDK makes of
 * these messages, so that a retry is the same payload whoever encoded it; but what all messages of a rendering share is
 * encoded once and copied after that. Its memory serves the next hand-over again.
 */
export class BatchBody {
  readonly #out = new Writer();

  /** The bytes, good until it is called again. */
  encode(messages: readonly OutgoingMessage[]): Uint8Array {
    const out = this.#out;
    out.begin(messages.reduce((sum, message) => sum + roomFor(message), 2));
    out.text("[");
    for (const [place, message] of messages.entries()) {
      if (place > 0) out.text(",");
      if (message.merged) writeMerged(out, message, message.merged);
      else out.text(JSON.stringify(payloadOf(message)));
    }
    out.text("]");
    return out.written();
  }
}

function payloadOf({ from, headers, html, replyTo, subject, tags, text, to }: OutgoingMessage) {
  return { from, headers, html, reply_to: replyTo, subject, tags: tagList(tags), text, to };
}

function tagList(tags: OutgoingMessage["tags"]) {
  return Object.entries(tags).map(([name, value]) => ({ name, value }));
}

function roomFor(message: OutgoingMessage): number {
  const { merged } = message;
  if (merged) return encodedOf(merged.rendering).bytes + ROOM_FOR_SLOTS;
  return 2 * (message.html.length + message.text.length) + ROOM_FOR_SLOTS;
}

function writeMerged(out: Writer, { tags, to }: OutgoingMessage, { rendering, value }: MergedFrom): void {
  for (const piece of encodedOf(rendering).pieces) {
    if (piece instanceof Uint8Array) out.bytes(piece);
    else if (piece === "tags") out.text(JSON.stringify(tagList(tags)));
    else if (piece === "to") out.text(JSON.stringify(to));
    else out.text(value(piece.value));
  }
}

function encodedOf(rendering: Rendering): Encoded {
  const known = encoded.get(rendering);
  if (known) return known;
  const pieces = encode(rendering).map((piece) => ("same" in piece ? Buffer.from(piece.same) : piece.differs));
  const bytes = pieces.reduce((sum, piece) => sum + (piece instanceof Uint8Array ? piece.length : 0), 0);
  encoded.set(rendering, { pieces, bytes });
  return { pieces, bytes };
}

type Piece = { same: string } | { differs: Slot };

function encode({ from, subject, html, text, headers }: Rendering): Piece[] {
  const named = headers.flatMap(([name, template], place) => [
    { same: `${place > 0 ? "," : ""}${JSON.stringify(name)}:` },
    ...quoted(template),
  ]);
  return [
    { same: `{"from":${JSON.stringify(from)},"headers":{` },
    ...named,
    { same: `},"html":` },
    ...quoted(html),
    { same: `,"subject":${JSON.stringify(subject)},"tags":` },
    { differs: "tags" },
    { same: `,"text":` },
    ...quoted(text),
    { same: `,"to":` },
    { differs: "to" },
    { same: "}" },
  ];
}

/** A template as a JSON string. Its values need no escaping, see `Template`. */
function quoted(template: Template): Piece[] {
  const inside = template.map((part, place) =>
    place % 2 === 0 ? { same: JSON.stringify(part).slice(1, -1) } : { differs: { value: part } },
  );
  return [{ same: '"' }, ...inside, { same: '"' }];
}

/** Bytes put one after the other into one stretch of memory, which grows when it must and is written over the next time. */
class Writer {
  #memory = Buffer.allocUnsafeSlow(0);
  #used = 0;

  begin(bytes: number): void {
    this.#used = 0;
    this.#need(bytes);
  }

  bytes(piece: Uint8Array): void {
    this.#need(piece.length);
    this.#memory.set(piece, this.#used);
    this.#used += piece.length;
  }

  text(piece: string): void {
    this.#need(piece.length * 3);
    this.#used += this.#memory.write(piece, this.#used);
  }

  written(): Uint8Array {
    return this.#memory.subarray(0, this.#used);
  }

  #need(bytes: number): void {
    if (this.#used + bytes <= this.#memory.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#used + bytes));
    this.#memory.copy(larger, 0, 0, this.#used);
    this.#memory = larger;
  }
}
