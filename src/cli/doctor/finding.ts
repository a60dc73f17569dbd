/** One thing that was looked at, how it is, and what to do where it is not well. */
export interface Finding {
  state: "ok" | "warn" | "fail";
  what: string;
  text: string;
}

export function ok(what: string, text: string): Finding {
  return { state: "ok", what, text };
}

export function warn(what: string, text: string): Finding {
  return { state: "warn", what, text };
}

export function fail(what: string, text: string): Finding {
  return { state: "fail", what, text };
}

const PATIENCE_MS = 10_000;

/** Looks at one thing; an error or a long silence is a finding, and does not stop the others. */
export async function finding(what: string, advice: string, look: () => Promise<Finding>): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => resolve(fail(what, `no answer in ${PATIENCE_MS / 1000} seconds; ${advice}`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    return fail(what, `${error instanceof Error ? error.message.split("\n")[0] : String(error)}; ${advice}`);
  } finally {
    clearTimeout(timer);
  }
}
