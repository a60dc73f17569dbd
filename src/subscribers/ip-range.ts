import ipaddr from "ipaddr.js";

/** The IPv4 /24 or IPv6 /64 that an address belongs to: what one household, office or cheap attacker holds. */
export function ipRange(ip: string): string {
  if (!ipaddr.isValid(ip)) return "unknown";
  const address = ipaddr.process(ip);
  const bits = address.kind() === "ipv4" ? 24 : 64;
  const network =
    address.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(`${address}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`);
  return `${network}/${bits}`;
}
