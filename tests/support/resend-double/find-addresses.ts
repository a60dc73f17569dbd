const QUOTE = 0x22;

/**
 * The recipients of a batch, found without parsing it: `,"to":` and `{"to":` cannot stand inside a JSON string, where
 * every quote is escaped. Takes one plain address an email, as `"to":"a@b.c"` or `"to":["a@b.c"]`.
 */
export function findAddresses(body: Buffer): string[] {
  const addresses: string[] = [];
  for (let at = body.indexOf('"to":'); at >= 0; at = body.indexOf('"to":', at + 5)) {
    const before = body[at - 1];
    if (before !== 0x2c && before !== 0x7b) continue;
    const start = body.indexOf(QUOTE, at + 5) + 1;
    addresses.push(body.toString("latin1", start, body.indexOf(QUOTE, start)));
  }
  return addresses;
}
