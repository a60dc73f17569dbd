import { addEditor, listEditors, revokeEditor, stopRemindersFor, wishRemindersFor } from "../editors/index.ts";
import { type Command, UsageError } from "./command.ts";

export const addKey: Command = {
  name: "editors add",
  args: ["NAME"],
  options: ["role"],
  about: "give a person or program an API key (--role viewer, editor or admin)",
  async run({ args: [name], options: { role }, open }) {
    if (role === undefined) throw new UsageError("editors add needs --role viewer, editor or admin.");
    const editor = await addEditor(await open(), { name, role });
    return { json: editor, lines: [`${editor.name} (${editor.role}): ${editor.key}`, "The key is shown this once."] };
  },
};

export const revokeKey: Command = {
  name: "editors revoke",
  args: ["NAME"],
  options: [],
  about: "take a key away",
  async run({ args: [name = ""], open }) {
    await revokeEditor(await open(), name);
    return { json: { revoked: name }, lines: [`The key of ${name} opens nothing any more.`] };
  },
};

export const listKeys: Command = {
  name: "editors list",
  args: [],
  options: [],
  about: "who holds a key",
  async run({ open }) {
    const editors = await listEditors(await open());
    const lines = editors.map(({ name, role, createdAt, revokedAt }) => {
      const since = revokedAt === null ? `since ${createdAt.slice(0, 10)}` : `revoked ${revokedAt.slice(0, 10)}`;
      return `${name.padEnd(30)} ${role.padEnd(7)} ${since}`;
    });
    return { json: { editors }, lines: lines.length > 0 ? lines : ["Nobody but the holder of ADMIN_API_KEY."] };
  },
};

export const remind: Command = {
  name: "editors remind",
  args: ["NAME", "[EMAIL]"],
  options: ["locale", "stop"],
  about: "mail an editor each month what is due for review, or --stop",
  async run({ args: [name = "", email], options: { locale, stop = false }, open }) {
    if (stop === (email !== undefined)) throw new UsageError("editors remind needs either EMAIL or --stop.");
    const ctx = await open();
    if (stop) {
      await stopRemindersFor(ctx, name);
      return { json: { editor: name, reminded: false }, lines: [`${name} gets no more reminders.`] };
    }
    await wishRemindersFor(ctx, name, locale === undefined ? { email } : { email, locale });
    return { json: { editor: name, reminded: true }, lines: [`${name} gets the list on the first of each month.`] };
  },
};
