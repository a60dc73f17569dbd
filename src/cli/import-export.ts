import { createReadStream, createWriteStream } from "node:fs";
import { access } from "node:fs/promises";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ConflictError, NotFoundError } from "../errors.ts";
import { exportSubscribers, importSubscribers } from "../subscribers/index.ts";
import type { Command } from "./command.ts";

/** Bad lines shown to a person; programs get all of them. */
const SHOWN = 20;

export const importReaders: Command = {
  name: "import",
  args: ["FILE"],
  options: [],
  about: "import readers who confirmed elsewhere, from CSV",
  async run({ args: [file = ""], open }) {
    await mustExist(file);
    const report = await importSubscribers(await open(), createReadStream(file));
    const { imported, unchanged, refused, errors } = report;
    const more = errors.length > SHOWN ? [`  and ${errors.length - SHOWN} more; --json lists them all`] : [];
    return {
      json: { ...report },
      lines: [
        `${imported} imported, ${unchanged} unchanged, ${refused} refused`,
        ...errors.slice(0, SHOWN).map(({ line, reason }) => `  line ${line}: ${reason}`),
        ...more,
      ],
    };
  },
};

export const exportReaders: Command = {
  name: "export",
  args: ["[FILE]"],
  options: [],
  about: "every active reader as CSV, to a new file or standard output",
  async run({ args: [file], open, options }) {
    const ctx = await open();
    const counted = count(exportSubscribers(ctx));
    await pipeline(Readable.from(counted.pieces), file === undefined ? standardOutput() : newFile(file));
    const json = { subscribers: counted.lines(), ...(file === undefined ? {} : { file }) };
    return { json, lines: file === undefined || options.json ? [] : [`${counted.lines()} readers written to ${file}`] };
  },
};

async function mustExist(file: string): Promise<void> {
  try {
    await access(file);
  } catch {
    throw new NotFoundError(`There is no file ${file}.`);
  }
}

/** Only its owner may read a list of addresses. */
function newFile(file: string): Writable {
  const stream = createWriteStream(file, { flags: "wx", mode: 0o600 });
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EEXIST") stream.destroy(new ConflictError(`${file} exists already; name another file.`));
  });
  return stream;
}

/** Standard output stays open for what is said after. */
function standardOutput(): Writable {
  return new Writable({ write: (piece, _encoding, done) => void process.stdout.write(piece, done) });
}

function count(pieces: AsyncGenerator<string>): { pieces: AsyncGenerator<string>; lines: () => number } {
  let lines = -1;
  async function* counted() {
    for await (const piece of pieces) {
      lines += piece.split("\n").length - 1;
      yield piece;
    }
  }
  return { pieces: counted(), lines: () => Math.max(0, lines) };
}
