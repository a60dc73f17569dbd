import { createRoute } from "@hono/zod-openapi";
import { ALERT_KINDS, type Alert, clearAlert, listAlerts } from "../../alerts/index.ts";
import type { Context } from "../../context.ts";
import { requireRole } from "./auth.ts";
import { IdPath, json, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";

const Time = z.iso.datetime();

const AlertShape = z
  .object({
    id: z.string(),
    kind: z.enum(ALERT_KINDS).openapi({
      description:
        "key: the API key or its account; sender: the domain or the From address; daily-quota and quota; content: what a digest says; request: the provider is asked wrongly; refused-alike: every message of a digest was refused in the same words",
    }),
    digest: z.string().nullable().openapi({ description: "the digest that it is about; null: everything" }),
    reason: z.string().openapi({ description: "the provider's words, without addresses" }),
    count: z.number().int().openapi({ description: "how often it was met" }),
    raisedAt: Time,
    lastAt: Time,
    triesAgainAt: Time.nullable().openapi({ description: "null: a person acts first" }),
    clearedAt: Time.nullable(),
    clearedBy: z.string().nullable().openapi({ description: "null: it was seen to be over" }),
  })
  .openapi("Alert");

const common = { tags: ["Operations"], security };

const list = createRoute({
  ...common,
  method: "get",
  path: "/alerts",
  operationId: "listAlerts",
  summary: "What stopped sending, newest first",
  request: { query: z.object({ all: z.enum(["yes", "no"]).default("no") }) },
  responses: {
    200: json(z.object({ alerts: z.array(AlertShape) }), "Open ones; with `all=yes` the last hundred."),
    ...problems(422),
  },
});

const clear = createRoute({
  ...common,
  method: "post",
  path: "/alerts/{id}/clear",
  operationId: "clearAlert",
  summary: "Say that the cause of an alert is gone",
  description: "Resumes nothing. If the cause is still there, the next attempt raises another.",
  request: { params: IdPath },
  responses: { 200: json(AlertShape, "As it stands now."), ...problems(404) },
});

/** Alerts. */
export function alertRoutes(ctx: Context): Api {
  const api = newApi();
  api.openapi({ ...list, middleware: requireRole(ctx, "viewer") }, async (c) => {
    const alerts = await listAlerts(ctx, { all: c.req.valid("query").all === "yes" });
    return c.json({ alerts: alerts.map(toShape) }, 200);
  });
  api.openapi({ ...clear, middleware: requireRole(ctx, "editor") }, async (c) => {
    const by = String(c.get("editor").id ?? "bootstrap");
    return c.json(toShape(await clearAlert(ctx, c.req.valid("param").id, by)), 200);
  });
  return api;
}

function toShape(alert: Alert): z.infer<typeof AlertShape> {
  const { raisedAt, lastAt, triesAgainAt, clearedAt } = alert;
  return {
    ...alert,
    raisedAt: new Date(raisedAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    triesAgainAt: time(triesAgainAt),
    clearedAt: time(clearedAt),
  };
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
