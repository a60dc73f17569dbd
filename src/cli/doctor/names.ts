import { Resolver } from "node:dns/promises";
import type { Config } from "../../config.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Public address, List-Id, and what the DNS says of the sending domain. */
export async function checkNames(config: Config): Promise<Finding[]> {
  const { hostname } = new URL(config.publicUrl);
  const domain = /@([^\s>]+)/.exec(config.mailFrom)?.[1]?.toLowerCase() ?? "";
  const local = [checkUrl(config), checkListId(config.site.listId, [hostname, domain])];
  return config.production ? [...local, ...(await checkDns(domain))] : local;
}

function checkUrl({ publicUrl, production }: Config): Finding {
  if (!production) return warn("public URL", `${publicUrl} is this machine alone; set PUBLIC_URL for real readers`);
  if (publicUrl.startsWith("https:")) return ok("public URL", publicUrl);
  return fail("public URL", `${publicUrl} is not https; one-click links must be (RFC 8058)`);
}

/** RFC 2919: a list's name is taken from a domain that its sender controls. */
function checkListId(listId: string, domains: string[]): Finding {
  const own = domains.some((domain) => domain !== "" && listId.endsWith(organisation(domain)));
  if (own || listId.endsWith("localhost.localdomain")) return ok("List-Id", listId);
  return warn("List-Id", `${listId} is not under the domain of PUBLIC_URL or MAIL_FROM; see SITE_LIST_ID`);
}

/** The last two labels: near enough for comparing names of one owner. */
function organisation(domain: string): string {
  return domain.split(".").slice(-2).join(".");
}

async function checkDns(domain: string): Promise<Finding[]> {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  // Resend publishes SPF for its return path under `send`.
  const spf = await anyTxt(resolver, [domain, `send.${domain}`], "v=spf1");
  const dmarc = await anyTxt(resolver, [`_dmarc.${domain}`, `_dmarc.${organisation(domain)}`], "v=DMARC1");
  return [
    spf
      ? ok("SPF", `${domain} has a record`)
      : warn("SPF", `no record was found for ${domain}; large mailbox providers ask for one`),
    dmarc
      ? ok("DMARC", `${domain} has a policy`)
      : warn("DMARC", `no policy was found for ${domain}; p=none is enough to begin with`),
  ];
}

async function anyTxt(resolver: Resolver, names: string[], start: string): Promise<boolean> {
  const found = await Promise.allSettled(names.map((name) => resolver.resolveTxt(name)));
  return found.some(
    (one) =>
      one.status === "fulfilled" &&
      one.value.some((parts) => parts.join("").toLowerCase().startsWith(start.toLowerCase())),
  );
}
