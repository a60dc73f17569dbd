const BOMS: [number[], string][] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];
const PRESCAN = 2_048;

/**
 * Decodes a page: by its byte order mark, the charset of its content type, its XML declaration or `meta` tag, else as
 * UTF-8 (WHATWG Encoding and HTML, "determining the character encoding"; RFC 7303, 3). Servers often name UTF-8 or
 * Latin-1 by habit: between the two, the bytes tell. What reads as UTF-8 is, and what nowhere does is windows-1252.
 */
export function decodePage(bytes: Uint8Array, contentType: string): string {
  const bom = BOMS.find(([mark]) => mark.every((byte, index) => bytes[index] === byte))?.[1];
  const named = bom ?? known(/charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1]) ?? known(ownCharset(bytes));
  if (bom || (named && named !== "utf-8" && named !== "windows-1252")) return decode(bytes, named as string);
  const utf8 = decode(bytes, "utf-8");
  if (!utf8.includes("\ufffd")) return utf8;
  const western = decode(bytes, "windows-1252");
  return named === "utf-8" && (isPartlyUtf8(utf8) || !isPlausible(western)) ? utf8 : western;
}

function isPartlyUtf8(decoded: string): boolean {
  return /[^\0-\u007f\ufffd]/.test(decoded);
}

/** Broken bytes read as windows-1252 put capitals into the middle of words. */
function isPlausible(western: string): boolean {
  return !/\p{Ll}[\u00c0-\u00de]/u.test(western);
}

/** What windows-1252 has where Latin-1 has controls; Node 20 decodes the one as the other. */
const CURLY = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function decode(bytes: Uint8Array, encoding: string): string {
  const text = new TextDecoder(encoding).decode(bytes);
  if (encoding !== "windows-1252") return text;
  return text.replace(/[\u0080-\u009f]/g, (control) => CURLY[control.charCodeAt(0) - 0x80] ?? control);
}

function ownCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, PRESCAN));
  const name =
    /^\s{0,20}<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1] ??
    /<meta[^>]{0,200}?charset\s*=\s*["']?([^\s"'/>;]+)/i.exec(head)?.[1];
  return name && /^utf-16/i.test(name) ? "utf-8" : name;
}

/** The label when the runtime can decode it. */
function known(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
