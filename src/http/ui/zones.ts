export interface ZoneGroup {
  region: string;
  zones: { value: string; label: string }[];
}

let groups: ZoneGroup[] | undefined;

/** Every IANA zone of this runtime, by region, in alphabetical order; UTC stands by itself. */
export function zoneGroups(): ZoneGroup[] {
  groups ??= readZones();
  return groups;
}

function readZones(): ZoneGroup[] {
  const byRegion = new Map<string, ZoneGroup["zones"]>([["UTC", [{ value: "UTC", label: "UTC" }]]]);
  for (const value of Intl.supportedValuesOf("timeZone")) {
    const cut = value.indexOf("/");
    if (cut < 0) continue;
    const region = value.slice(0, cut);
    const label = value
      .slice(cut + 1)
      .replaceAll("_", " ")
      .replaceAll("/", ", ");
    byRegion.set(region, [...(byRegion.get(region) ?? []), { value, label }]);
  }
  return [...byRegion].map(([region, zones]) => ({ region, zones }));
}

/** Whether the list offers this zone: a runtime lists one name of each, and a reader may hold another. */
export function isListed(zone: string): boolean {
  return zoneGroups().some((group) => group.zones.some(({ value }) => value === zone));
}
