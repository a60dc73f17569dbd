import { createApp } from "../../src/app.ts";
import { addEditor, type Role } from "../../src/editors/index.ts";
import { ADMIN_KEY } from "../api/door.ts";
import { type TestContext, type TestContextOptions, testContext } from "../support/context.ts";

/** The desk on a fresh database, and the gestures of an editor at it. */
export interface Desk extends TestContext {
  app: ReturnType<typeof createApp>;
  /** The cookie of whoever signed in last. */
  cookie: string;
  signIn(key?: string): Promise<Response>;
  /** Makes a key of this role and signs in with it. */
  signInAs(name: string, role: Role): Promise<string>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The page at a path, as HTML. */
  page(path: string): Promise<string>;
  /** Posts a form as a browser does from a page of our own. */
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
}

export const FROM_HERE = { origin: "http://localhost", "sec-fetch-site": "same-origin" };

export async function openDesk(options: TestContextOptions = {}): Promise<Desk> {
  const test = await testContext(options);
  const app = createApp(test.ctx);
  const desk: Desk = {
    ...test,
    app,
    cookie: "",
    signIn: async (key = ADMIN_KEY) => {
      const answer = await desk.post("/admin/sign-in", { key });
      const set = answer.headers.get("set-cookie")?.split(";")[0];
      if (set) desk.cookie = set;
      return answer;
    },
    signInAs: async (name, role) => {
      const { key } = await addEditor(test.ctx, { name, role });
      await desk.signIn(key);
      return key;
    },
    get: async (path, headers = {}) => app.request(path, { headers: { cookie: desk.cookie, ...headers } }),
    page: async (path) => (await desk.get(path)).text(),
    post: async (path, fields = {}, headers = FROM_HERE) =>
      app.request(path, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { cookie: desk.cookie, ...headers },
      }),
  };
  return desk;
}
