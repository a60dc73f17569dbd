import type { Hono } from "hono";
import { type Alert, clearAlert, listAlerts } from "../../alerts/index.ts";
import type { Context } from "../../context.ts";
import { sayMinute } from "../ui/days.ts";
import { Button, Notice } from "../ui/parts.tsx";
import { DeskPage } from "./desk-page.tsx";
import { actor, type DeskEnv, mayChange, newDoor } from "./env.ts";
import { Head, Mark, sentence } from "./parts.tsx";
import { words } from "./words.ts";

/** What stopped sending, what to do about it, and what did before. */
export function alertPages(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/alerts", async (c) => {
    const alerts = await listAlerts(ctx, { all: true });
    const [open, over] = [alerts.filter(isOpen), alerts.filter((alert) => !isOpen(alert))];
    const { title, text, calm, cleared, before } = words.alerts;
    const may = mayChange(c.get("editor"));
    return c.html(
      <DeskPage ctx={ctx} editor={c.get("editor")} place="overview" title={title}>
        <Head title={title} text={text} crumb={{ href: "/admin", label: words.overview.title }} />
        {c.req.query("said") === "cleared" && <Notice>{cleared}</Notice>}
        {open.length === 0 ? <p class="empty">{calm}</p> : <AlertRows ctx={ctx} alerts={open} may={may} />}
        {over.length > 0 && (
          <section class="desk-section" aria-labelledby="before">
            <h2 id="before">{before}</h2>
            <AlertRows ctx={ctx} alerts={over} may={false} />
          </section>
        )}
      </DeskPage>,
    );
  });
  pages.post("/alerts/:id/clear", async (c) => {
    await clearAlert(ctx, c.req.param("id"), actor(c.get("editor")));
    return c.redirect("/admin/alerts?said=cleared", 303);
  });
  return pages;
}

function isOpen({ clearedAt }: Alert): boolean {
  return clearedAt === null;
}

function AlertRows({ ctx, alerts, may }: { ctx: Context; alerts: Alert[]; may: boolean }) {
  return (
    <ul class="rows">
      {alerts.map((alert) => (
        <AlertRow ctx={ctx} alert={alert} may={may} />
      ))}
    </ul>
  );
}

function AlertRow({ ctx, alert, may }: { ctx: Context; alert: Alert; may: boolean }) {
  const { kinds, advice, since, met, again, over, overBy, states, clear } = words.alerts;
  const when = (at: number) => sayMinute(at, words.tag, ctx.config.site.timezone);
  const { id, kind, reason, count, raisedAt, triesAgainAt, clearedAt, clearedBy } = alert;
  const times = [
    since(when(raisedAt)),
    met(count),
    ...(triesAgainAt === null ? [] : [again(when(triesAgainAt))]),
    ...(clearedAt === null ? [] : [clearedBy === null ? over(when(clearedAt)) : overBy(when(clearedAt))]),
  ];
  return (
    <li>
      <div class="what">
        <span class="title">{kinds[kind]}</span>
        <p class="small">{sentence(reason)}</p>
        {clearedAt === null && <p class="small">{advice[kind]}</p>}
        <p class="quiet small">{times.join(" · ")}</p>
      </div>
      <div class="side">
        <Mark tone={clearedAt === null ? "bad" : "good"}>{clearedAt === null ? states.open : states.over}</Mark>
        {may && triesAgainAt === null && (
          <form method="post" action={`/admin/alerts/${id}/clear`}>
            <Button look="plain">{clear}</Button>
          </form>
        )}
      </div>
    </li>
  );
}
