/**
 * The layer rules: who may import whom. Types may be imported from anywhere, so only imports that remain when the
 * types are gone are looked at.
 */

/** A feature is every folder of src that is not a port (db, queue, mail) and not a door (http). */
const FEATURE = "^src/(?!(?:db|queue|mail|http)/)([^/]+)/";
/** What a feature shows: its verbs, its table and its words. */
const SHOWN = "/(index|table|words)\\.ts$";
const CODE = "^(src|workers|emails|migrations)/";
/** Where drivers are chosen and opened. */
const CHOOSERS = "^src/((open-)?context|edge)\\.ts$";
const ENTRIES = "^src/(main|edge|demo|cli)\\.ts$";
/** Packages that only work on Node, and the module that guards fetches with one of them. */
const NODE_ONLY =
  "node_modules/(better-sqlite3|pg-native|ioredis|bullmq|nodemailer|pino|undici)/|^src/[^/]+/guarded-fetch";

/** A package that only one place may import. */
const driver = (name, packages, home, advice) => ({
  name,
  comment: advice,
  severity: "error",
  from: { path: CODE, pathNot: home },
  to: { path: `node_modules/(${packages})/` },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "doors-are-outermost",
      comment:
        "Nothing inside knows HTTP. Give the verb plain input, return a plain result, and let the door in src/http translate.",
      severity: "error",
      from: { path: CODE, pathNot: ["^src/http/", "^src/app\\.ts$", ENTRIES] },
      to: { path: "^src/(http/|app\\.ts$)" },
    },
    {
      name: "workers-are-outermost",
      comment:
        "Workers call features, not the other way round. Add a job to ctx.queue; only the entries start the workers.",
      severity: "error",
      from: { path: CODE, pathNot: ["^workers/", ENTRIES] },
      to: { path: "^workers/" },
    },
    {
      name: "entries-are-imported-by-nobody",
      comment: "An entry starts the process when it is imported. Move what you need into a module of its own.",
      severity: "error",
      from: { path: CODE },
      to: { path: ENTRIES },
    },
    {
      name: "features-meet-at-index",
      comment:
        "Import the other feature's index.ts (or its table.ts or words.ts). If the verb is missing there, export it with its docstring.",
      severity: "error",
      from: { path: FEATURE },
      to: { path: FEATURE, pathNot: ["^src/$1/", SHOWN] },
    },
    {
      name: "doors-and-workers-call-features-at-index",
      comment:
        "Doors, workers and entries call what a feature's index.ts exports. Only src/context.ts, src/open-context.ts and src/edge.ts reach further, to open a driver.",
      severity: "error",
      from: { path: "^(src/(db|queue|mail|http)/|src/[^/]+\\.ts$|workers/)", pathNot: CHOOSERS },
      to: { path: FEATURE, pathNot: SHOWN },
    },
    {
      name: "sql-in-queries",
      comment:
        "Kysely is used in a feature's queries.ts and table.ts, in src/db and in migrations. Move the query there and call it by a name of the domain.",
      severity: "error",
      from: { path: CODE, pathNot: ["[/-](queries|table)\\.ts$", "^src/db/", "^migrations/"] },
      to: { path: "node_modules/kysely/" },
    },
    {
      name: "drivers-are-chosen-in-context",
      comment:
        "Use ctx.mailer, ctx.queue or ctx.db. Only src/context.ts opens a driver, by configuration; src/edge.ts its own.",
      severity: "error",
      from: { path: CODE, pathNot: [CHOOSERS, "^src/(mail|queue|db)/"] },
      to: {
        path: "^src/(mail/(resend|smtp|capture)\\.ts|queue/(memory|lane|bullmq[^/]*)\\.ts|db/(sqlite|postgres)\\.ts|(mail|queue)/open\\.ts)",
      },
    },
    {
      name: "ports-keep-apart",
      comment:
        "A port knows nothing of the others. Let the verb that needs both bring them together, or pass in what is needed.",
      severity: "error",
      from: { path: "^src/(mail|queue)/" },
      to: { path: "^src/(mail|queue)/", pathNot: "^src/$1/" },
    },
    driver(
      "database-drivers-at-home",
      "better-sqlite3|pg",
      "^src/(db|queue)/",
      "Ask ctx.db. Database drivers are known to src/db (and pg to BullMQ's backend in src/queue).",
    ),
    driver(
      "queue-drivers-at-home",
      "bullmq|ioredis",
      "^src/queue/",
      "Add to ctx.queue. BullMQ and ioredis are known to src/queue only.",
    ),
    driver(
      "mail-drivers-at-home",
      "resend|nodemailer",
      "^src/mail/",
      "Owe a mail through src/delivery. Providers are known to src/mail only.",
    ),
    driver(
      "fetch-is-guarded",
      "undici",
      "^src/articles/guarded-fetch",
      "Fetch with ctx.fetchPage, which refuses private addresses. undici is known to src/articles/guarded-fetch only.",
    ),
    {
      name: "edge-runs-without-node",
      comment:
        "The edge bundle has no driver that needs Node, not even one behind a dynamic import. Keep the import out of what src/edge.ts reaches and hand the driver in.",
      severity: "error",
      from: { path: "^src/edge\\.ts$" },
      to: { path: NODE_ONLY, reachable: true },
    },
    {
      name: "mails-know-only-props",
      comment:
        "A mail is a function of its props. Pass in what it shows; of src it knows types and the token names of src/tokens.ts.",
      severity: "error",
      from: { path: "^emails/" },
      to: { path: "^(src|workers|migrations)/", pathNot: "^src/tokens\\.ts$" },
    },
    {
      name: "no-circles",
      comment:
        "Two modules that need each other are one, or hide a third. Move what both need into a module of its own.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "tests-stay-outside",
      comment: "What runs in production does not import from tests. Move it into src, or leave it to the test.",
      severity: "error",
      from: { path: CODE },
      to: { path: "^tests/" },
    },
    {
      name: "everything-resolves",
      comment: "The import leads nowhere. Install the package or correct the path.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^tests/fixtures/" },
    tsPreCompilationDeps: false,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
    },
  },
};
