const ENGLISH = "january february march april may june july august september october november december".split(" ");
const SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" ");
const ODD: Record<string, number> = { sept: 9, setiembre: 9, set: 9 };

const NUMBERS = new Map<string, number>([
  ...[ENGLISH, SPANISH].flatMap((names) =>
    names.flatMap((name, index): [string, number][] => [
      [name, index + 1],
      [name.slice(0, 3), index + 1],
    ]),
  ),
  ...Object.entries(ODD),
]);

/** Matches the name of a month, whole or cut short, in English or Spanish. */
export const MONTH_PATTERN = `(?:${[...NUMBERS.keys()].sort((a, b) => b.length - a.length).join("|")})\\b\\.?`;

/** 1 to 12, for what `MONTH_PATTERN` matched. */
export function monthNumber(name: string): number {
  return NUMBERS.get(name.toLowerCase().replace(".", "")) ?? 0;
}
