import { expectThat } from "./steps.ts";

/** The app as a visitor sees it. */
export interface App {
  request(path: string, init?: RequestInit): Response | Promise<Response>;
}

/** A reader and an editor at their browsers and terminals. */
export interface Visitor {
  /** Opens a link of a mail without pressing anything; gives the status. */
  look(link: string): Promise<number>;
  /** Presses the button of a page, or posts its form; gives the page. */
  press(link: string, fields?: Record<string, string>): Promise<string>;
  /** The editor's API. Throws `StepFailed` with the problem's words. */
  api<T>(method: string, path: string, body?: { type: string; text: string }): Promise<T>;
}

export function createVisitor(app: App, { publicUrl, adminKey }: { publicUrl: string; adminKey: string }): Visitor {
  const pathOf = (link: string) => new URL(link, publicUrl).pathname;
  return {
    look: async (link) => (await app.request(pathOf(link))).status,
    press: async (link, fields = {}) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const init = { method: "POST", headers, body: new URLSearchParams(fields).toString() };
      const answer = await app.request(pathOf(link), init);
      expectThat(answer.status === 200, `the page answered ${answer.status}`);
      return answer.text();
    },
    api: async <T>(method: string, path: string, body?: { type: string; text: string }) => {
      const type: Record<string, string> = body ? { "content-type": body.type } : {};
      const headers = { authorization: `Bearer ${adminKey}`, ...type };
      const answer = await app.request(`/api/v1${path}`, { method, headers, ...(body ? { body: body.text } : {}) });
      const json = (await answer.json()) as T & { detail?: string; title?: string };
      expectThat(answer.ok, `${answer.status} ${json.detail ?? json.title ?? ""}`);
      return json;
    },
  };
}
