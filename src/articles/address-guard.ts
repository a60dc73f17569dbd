import ipaddr from "ipaddr.js";

/** Ranges of this machine and its own network, which a trial installation may read. */
const OWN = new Set(["loopback", "private", "uniqueLocal"]);
const GLOBAL_V6 = ipaddr.parseCIDR("2000::/3");

/**
 * Whether pages may be fetched from an IP address: on the open internet only (IANA special-purpose registries: no
 * loopback, private, link-local and its metadata service, shared, mapped, translated or tunnelled address), or, when
 * `allowPrivate`, on this machine and its network as well.
 */
export function isAllowedAddress(address: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  if (allowPrivate && OWN.has(ipaddr.process(address).range())) return true;
  const parsed = ipaddr.parse(address);
  const global = !(parsed instanceof ipaddr.IPv6) || parsed.match(GLOBAL_V6);
  return global && parsed.range() === "unicast";
}
