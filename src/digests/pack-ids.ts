/**
 * Rising ids in few bytes: the distance to the one before, seven bits a byte, lowest first, the top bit on all but the
 * last byte of each (LEB128). A thousand readers in a row take a thousand bytes.
 */
export function packIds(ids: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const id of ids) {
    if (id <= before) throw new RangeError("ids to pack must rise");
    let rest = id - before;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
    before = id;
  }
  return Uint8Array.from(bytes);
}

/** The ids that `packIds` packed. */
export function unpackIds(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let [before, distance, scale] = [0, 0, 1];
  for (const byte of bytes) {
    distance += (byte % 128) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    before += distance;
    ids.push(before);
    [distance, scale] = [0, 1];
  }
  return ids;
}
