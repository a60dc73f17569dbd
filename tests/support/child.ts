import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A TypeScript program of this project as a process of its own. */
export interface Child {
  process: ChildProcess;
  /** Sends it a message and waits for the one it answers with. Throws when it ends instead. */
  ask<T>(message: unknown): Promise<T>;
  /** The next message it sends by itself. */
  heard<T>(): Promise<T>;
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
  /** Resolves when it has ended by itself. */
  ended: Promise<unknown>;
}

/** Starts `path`, from the project's root, with this environment and nothing else of ours but PATH. */
export function startChild(path: string, env: Record<string, string>, nodeOptions: string[] = []): Child {
  const child = spawn(process.execPath, [...nodeOptions, "--import", "tsx", path], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", TMPDIR: process.env.TMPDIR ?? "/tmp", ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const endless = ended.then(([code, signal]) => Promise.reject(new Error(`${path} ended with ${code ?? signal}`)));
  // Whoever waits for an answer hears of it; with nobody waiting an end is no error.
  endless.catch(() => undefined);
  const heard = async <T>() => ((await Promise.race([once(child, "message"), endless])) as [T])[0];
  return {
    process: child,
    ended,
    heard,
    ask: async <T>(message: unknown) => {
      const answer = heard<T>();
      child.send(message as object);
      return answer;
    },
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await ended;
    },
  };
}
