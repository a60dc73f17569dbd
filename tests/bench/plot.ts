/** One line of a plot. */
export interface Series {
  name: string;
  colour: string;
  /** From list size to microseconds a reader. */
  points: readonly (readonly [size: number, cost: number])[];
}

const WIDTH = 720;
const HEIGHT = 400;
const MARGIN = { left: 64, right: 24, top: 56, bottom: 56 };

/** Cost a reader against list size as an SVG picture: sizes on a logarithmic axis, costs from zero. */
export function plotCosts(title: string, series: readonly Series[]): string {
  const sizes = [...new Set(series.flatMap((one) => one.points.map(([size]) => size)))].sort((a, b) => a - b);
  const highest = Math.max(...series.flatMap((one) => one.points.map(([, cost]) => cost)));
  const step = niceStep(highest / 4);
  const top = Math.ceil(highest / step) * step;
  const [first = 1, last = 10] = [sizes[0], sizes.at(-1)];
  const x = (size: number) =>
    MARGIN.left + ((WIDTH - MARGIN.left - MARGIN.right) * Math.log(size / first)) / (Math.log(last / first) || 1);
  const y = (cost: number) => HEIGHT - MARGIN.bottom - ((HEIGHT - MARGIN.top - MARGIN.bottom) * cost) / top;
  const levels = Array.from({ length: Math.round(top / step) + 1 }, (_, place) => place * step);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="13">`,
    `<title>${title}</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(MARGIN.left, 26, title, 'font-size="15" font-weight="600"'),
    ...levels.flatMap((level) => [
      `<path d="M${MARGIN.left} ${y(level)}H${WIDTH - MARGIN.right}" stroke="#ddd"/>`,
      text(MARGIN.left - 8, y(level) + 4, String(level), 'text-anchor="end"'),
    ]),
    ...sizes.map((size) =>
      text(x(size), HEIGHT - MARGIN.bottom + 20, size.toLocaleString("en"), 'text-anchor="middle"'),
    ),
    text((MARGIN.left + WIDTH) / 2, HEIGHT - 12, "readers", 'text-anchor="middle"'),
    ...series.flatMap((one, place) => line(one, place, x, y)),
    "</svg>\n",
  ].join("\n");
}

function line({ name, colour, points }: Series, place: number, x: (at: number) => number, y: (at: number) => number) {
  const path = points.map(([size, cost], at) => `${at === 0 ? "M" : "L"}${x(size).toFixed(1)} ${y(cost).toFixed(1)}`);
  const left = MARGIN.left + place * 240;
  return [
    `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...points.map(
      ([size, cost]) => `<circle cx="${x(size).toFixed(1)}" cy="${y(cost).toFixed(1)}" r="4" fill="${colour}"/>`,
    ),
    `<rect x="${left}" y="36" width="12" height="12" fill="${colour}"/>`,
    text(left + 18, 47, name),
  ];
}

function text(x: number, y: number, words: string, more = ""): string {
  return `<text x="${x}" y="${y}" fill="#222" ${more}>${words}</text>`;
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
}
