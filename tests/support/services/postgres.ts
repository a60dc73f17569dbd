import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { type MortalServer, startMortal } from "./mortal.ts";
import { needPrograms } from "./programs.ts";
import { type Account, freePort, runServer, type Server, serverDir, stopServer, whenReady } from "./server.ts";

/** The PostgreSQL of TEST_DATABASE_URL, or one started for this run. */
export async function openPostgres(): Promise<Server> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) return startPostgres();
  return { url, version: await postgresVersion(url), dir: null, close: async () => undefined };
}

/** Starts a PostgreSQL of its own, empty, that forgets everything at the end. */
export async function startPostgres(): Promise<Server> {
  const [program = ""] = needPrograms(["postgres"]);
  const account = serverAccount();
  const dir = serverDir("postgres", account);
  initialise(join(dirname(program), "initdb"), dir, account);
  const port = await freePort();
  const server = runServer(dir, [program, "-D", join(dir, "data"), ...settings(port)], account);
  const url = `postgres://newsletter@127.0.0.1:${port}/postgres`;
  const version = await whenReady(server, () => postgresVersion(url));
  return { url, version, dir, close: () => stopServer(server) };
}

/** Starts a PostgreSQL that writes as in earnest, so that what it committed survives its being killed. */
export async function startMortalPostgres(): Promise<MortalServer> {
  const [program = ""] = needPrograms(["postgres"]);
  const account = serverAccount();
  const dir = serverDir("postgres", account);
  initialise(join(dirname(program), "initdb"), dir, account);
  const port = await freePort();
  const url = `postgres://newsletter@127.0.0.1:${port}/postgres`;
  return startMortal({
    url,
    dir,
    command: [program, "-D", join(dir, "data"), ...settings(port, "on")],
    account,
    probe: () => postgresVersion(url),
    pid: () => Number(readFileSync(join(dir, "data", "postmaster.pid"), "utf8").split("\n")[0]),
  });
}

/** Creates an empty database on the server and gives its URL. */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  await query(serverUrl, `create database "${name}"`);
  return Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
}

/** Drops the databases whose name begins so; for a server that outlives the run. */
export async function dropDatabases(serverUrl: string, beginning: string): Promise<void> {
  const rows = await query(serverUrl, "select datname from pg_database");
  for (const name of rows.map((row) => String(row.datname))) {
    if (name.startsWith(beginning)) await query(serverUrl, `drop database "${name}" with (force)`);
  }
}

/** PostgreSQL refuses to run as root: then it runs as its own account, or as nobody. */
function serverAccount(): Account {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string, user: string) =>
    Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u", "postgres"), gid: id("-g", "postgres") };
  } catch {
    return { uid: id("-u", "nobody"), gid: id("-g", "nobody") };
  }
}

function initialise(initdb: string, dir: string, account: Account): void {
  const args = ["-D", join(dir, "data"), "-U", "newsletter", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
  try {
    execFileSync(initdb, args, { cwd: dir, stdio: "pipe", env: { PATH: process.env.PATH, LC_ALL: "C" }, ...account });
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw new Error(`[services] ${initdb} failed: ${String(error)}`, { cause: error });
  }
}

/** What does not have to survive a crash does not wait for the disk. */
function settings(port: number, durable: "on" | "off" = "off"): string[] {
  const wanted = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 300,
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    log_min_messages: "fatal",
  };
  return Object.entries(wanted).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function postgresVersion(url: string): Promise<string> {
  const [row] = await query(url, "show server_version");
  return String(row?.server_version).replace(/ .*/, "");
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
