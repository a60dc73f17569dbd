/** What a gzip file (RFC 1952) holds, and anything else as it is; null when that is more than `maxBytes`. */
export async function unpack(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array | null> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const packed = new Blob([Uint8Array.from(bytes)]).stream();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of packed.pipeThrough(new DecompressionStream("gzip"))) {
    length += chunk.byteLength;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
