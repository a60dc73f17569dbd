import { Hono } from "hono";
import { ALERT_KINDS, countAlerts } from "../alerts/index.ts";
import type { Context } from "../context.ts";
import { pendingMigrations } from "../db/migrate.ts";
import { sendingCounts } from "../delivery/index.ts";
import { countSources } from "../sources/index.ts";
import { countSubscribers } from "../subscribers/index.ts";
import { readEditor } from "./api/auth.ts";

/** What an operator's machines ask, mounted at `/`. */
export function createOps(ctx: Context): Hono {
  const ops = new Hono();
  ops.get("/healthz", (c) => c.json({ status: "ok" }, 200, { "Cache-Control": "no-store" }));
  ops.get("/readyz", async (c) => {
    const states = await readiness(ctx);
    const ready = Object.values(states).every((state) => state === "ok");
    const alerts = ready ? Object.keys(await countAlerts(ctx)) : [];
    return c.json({ status: ready ? "ok" : "unavailable", ...states, alerts }, ready ? 200 : 503, {
      "Cache-Control": "no-store",
    });
  });
  ops.get("/metrics", async (c) => {
    await readEditor(ctx, c.req.header("authorization"));
    return c.text(await metrics(ctx), 200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" });
  });
  return ops;
}

const PATIENCE_MS = 3000;

/** The state of each thing this process needs, in one word; details are in the log and not for anyone who asks. */
async function readiness(ctx: Context): Promise<Record<string, string>> {
  const [migrations, queue] = await Promise.all([
    probe(ctx, "database", async () => ((await pendingMigrations(ctx)).length === 0 ? "ok" : "behind")),
    probe(ctx, "queue", async () => {
      await ctx.queue.ping();
      return "ok";
    }),
  ]);
  return { database: migrations === "behind" ? "ok" : migrations, migrations, queue };
}

async function probe(ctx: Context, name: string, look: () => Promise<string>): Promise<string> {
  const late = new Promise<string>((resolve) => setTimeout(resolve, PATIENCE_MS, "late"));
  try {
    return await Promise.race([look(), late]);
  } catch (err) {
    ctx.log.warn({ err, dependency: name }, "a dependency is not ready");
    return "unavailable";
  }
}

interface Metric {
  name: string;
  type: "gauge" | "counter";
  help: string;
  /** Label values by label, and the value. */
  samples: [Record<string, string>, number][];
}

async function metrics(ctx: Context): Promise<string> {
  const { deliveries, batches, editorMails, waitingEvents } = await sendingCounts(ctx.db);
  const depth = await ctx.queue.depth();
  const sources = await countSources(ctx);
  const alerts = await countAlerts(ctx);
  const by = (label: string, counts: Record<string, number>): Metric["samples"] =>
    Object.entries(counts).map(([value, count]) => [{ [label]: value }, count]);
  const all: Metric[] = [
    {
      name: "newsletter_subscribers",
      type: "gauge",
      help: "Subscribers by status.",
      samples: by("status", await countSubscribers(ctx)),
    },
    {
      name: "newsletter_deliveries",
      type: "gauge",
      help: "Deliveries of all digests by status.",
      samples: by("status", deliveries),
    },
    {
      name: "newsletter_batches_open",
      type: "gauge",
      help: "Batches that are not settled.",
      samples: by("status", batches),
    },
    {
      name: "newsletter_editor_mails",
      type: "gauge",
      help: "Mails to editors by status.",
      samples: by("status", editorMails),
    },
    {
      name: "newsletter_provider_events_waiting",
      type: "gauge",
      help: "Notices not applied yet.",
      samples: [[{}, waitingEvents]],
    },
    {
      name: "newsletter_alerts",
      type: "gauge",
      help: "What stopped sending and is not over, by kind.",
      samples: ALERT_KINDS.map((kind) => [{ kind }, alerts[kind] ?? 0]),
    },
    {
      name: "newsletter_sources",
      type: "gauge",
      help: "Feeds, sitemaps and notices that are followed, by status.",
      samples: by("status", sources.byStatus),
    },
    {
      name: "newsletter_source_pages_failing",
      type: "gauge",
      help: "Pages of sources that could not be fetched lately.",
      samples: [[{}, sources.failingPages]],
    },
    {
      name: "newsletter_queue_jobs",
      type: "gauge",
      help: "Jobs in the queue.",
      samples: Object.entries(depth).flatMap(([lane, counts]) =>
        Object.entries(counts).map(([state, count]): [Record<string, string>, number] => [{ lane, state }, count]),
      ),
    },
    {
      name: "newsletter_database_bytes",
      type: "gauge",
      help: "Size of the database.",
      samples: [[{}, await ctx.engine.size(ctx.db)]],
    },
  ];
  return `${all.map(render).join("\n")}\n`;
}

/** Prometheus text exposition format 0.0.4. Label values are words of ours and need no escaping. */
function render({ name, type, help, samples }: Metric): string {
  const lines = samples.map(([labels, value]) => {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
    return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${value}`;
  });
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join("\n");
}
