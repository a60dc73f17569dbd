/** The zone's calendar day, as UTC midnight of that date, and its hour. A zone that this runtime does not know is UTC. */
export function localTime(timezone: string, now: number): { day: number; hour: number } {
  const parts = formatter(timezone).formatToParts(now);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return { day: Date.UTC(part("year"), part("month") - 1, part("day")), hour: part("hour") };
}

/** The zone's calendar day, `YYYY-MM-DD`. */
export function localDay(timezone: string, now: number): string {
  return new Date(localTime(timezone, now).day).toISOString().slice(0, 10);
}

/** Making a formatter costs a hundred times what using it does, and every tick looks at every zone. */
const formatters = new Map<string, Intl.DateTimeFormat>();
/** More names than there are zones; readers may spell them in many ways. */
const MOST_KEPT = 1000;

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  if (formatters.size >= MOST_KEPT) formatters.clear();
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: isKnown(timeZone) ? timeZone : "UTC",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    hourCycle: "h23",
  });
  formatters.set(timeZone, made);
  return made;
}

/** Zones come with the runtime: what was valid when a reader chose it may not be here. */
function isKnown(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone }) !== null;
  } catch {
    return false;
  }
}
