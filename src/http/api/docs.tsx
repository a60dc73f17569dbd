import { Hono } from "hono";
import type { Context } from "../../context.ts";
import { frameOf, Page } from "../ui/page.tsx";
import { type Document, describeApi } from "./document.ts";

/** The API described: `/openapi.json` for machines and `/docs` for people, made at the first request. */
export function createDocs(ctx: Context): Hono {
  let made: Document | undefined;
  const document = () => {
    made ??= describeApi(ctx);
    return made;
  };
  const docs = new Hono();
  docs.get("/openapi.json", (c) => c.json(document(), 200, { "Access-Control-Allow-Origin": "*" }));
  docs.get("/docs", (c) => c.html(<Docs ctx={ctx} document={document()} />));
  return docs;
}

interface Operation {
  method: string;
  path: string;
  tag: string;
  summary: string;
  description: string | undefined;
  needsKey: boolean;
  parameters: { name: string; in: string; text: string }[];
  body: [string, unknown][];
  responses: [string, string][];
}

function Docs({ ctx, document }: { ctx: Context; document: Document }) {
  const operations = operationsOf(document);
  const tags = [...new Set(operations.map((operation) => operation.tag))];
  return (
    <Page
      frame={frameOf(ctx, "en")}
      title="API"
      wide
      path="/docs"
      description="The API of this newsletter, route by route."
    >
      <article class="card stack">
        <h1>API</h1>
        <p>{document.info.description?.replaceAll("`", "")}</p>
        <p>
          <a href="/openapi.json">OpenAPI document</a>
        </p>
        {tags.map((tag) => (
          <section class="section stack tight" aria-labelledby={anchor(tag)}>
            <h2 id={anchor(tag)}>{tag}</h2>
            {operations
              .filter((operation) => operation.tag === tag)
              .map((operation) => (
                <Route operation={operation} />
              ))}
          </section>
        ))}
      </article>
    </Page>
  );
}

function Route({ operation }: { operation: Operation }) {
  const { method, path, summary, description, needsKey, parameters, body, responses } = operation;
  return (
    <details>
      <summary>
        <span>
          <b>
            <code>
              {method.toUpperCase()} {path}
            </code>
          </b>
          <span class="hint">{summary}</span>
        </span>
      </summary>
      <div class="inside stack">
        {description !== undefined && <p>{description.replaceAll("`", "")}</p>}
        {needsKey && <p class="hint">Needs an API key.</p>}
        {parameters.length > 0 && <Facts title="Parameters" facts={parameters.map((one) => [one.name, one.text])} />}
        {body.map(([type, schema]) => (
          <div class="tight">
            <h3>Body, {type}</h3>
            <pre class="source">{JSON.stringify(schema, null, 2)}</pre>
          </div>
        ))}
        <Facts title="Answers" facts={responses} />
      </div>
    </details>
  );
}

function Facts({ title, facts }: { title: string; facts: [string, string][] }) {
  return (
    <div class="tight">
      <h3>{title}</h3>
      <dl class="facts">
        {facts.map(([name, text]) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{text}</dd>
          </>
        ))}
      </dl>
    </div>
  );
}

function anchor(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z]+/g, "-");
}

function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (["get", "post", "put", "delete"] as const).flatMap((method) => {
      const operation = item[method];
      return operation ? [toOperation(method, path, operation)] : [];
    }),
  );
}

type Described = NonNullable<NonNullable<Document["paths"]>[string]["get"]>;

function toOperation(method: string, path: string, operation: Described): Operation {
  const body = operation.requestBody && "content" in operation.requestBody ? operation.requestBody.content : {};
  return {
    method,
    path,
    tag: operation.tags?.[0] ?? "",
    summary: operation.summary ?? "",
    description: operation.description,
    needsKey: (operation.security ?? []).length > 0,
    parameters: (operation.parameters ?? []).flatMap((one) =>
      "name" in one
        ? [{ name: one.name, in: one.in, text: [`in ${one.in}`, one.description].filter(Boolean).join("; ") }]
        : [],
    ),
    body: Object.entries(body).map(([type, { schema }]) => [type, schema]),
    responses: Object.entries(operation.responses ?? {}).map(([status, one]) => [
      status,
      (one as { description: string }).description,
    ]),
  };
}
