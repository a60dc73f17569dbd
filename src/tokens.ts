/** The look, said once: mails, reader pages, archive and desk take every size, distance and colour from here. Plain data. */

/** "Segoe UI" comes first because Outlook for Windows reads only the first family it is given. */
export const fonts = {
  text: '"Segoe UI", system-ui, -apple-system, Roboto, sans-serif',
  title: 'Charter, "Iowan Old Style", Georgia, serif',
  mono: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
} as const;

/** Pixels. */
export const sizes = { small: 13, label: 15, text: 17, lead: 21, title: 28, display: 36 } as const;

/** Pixels: size and line height of running text. */
export const reading = { page: { size: 17, line: 28 }, mail: { size: 16, line: 26 } } as const;

/** Pixels. More space between things than inside them. */
export const space = { xs: 4, sm: 8, md: 12, lg: 16, xl: 24, xxl: 40, xxxl: 64 } as const;

/** Radius, ring and target in pixels; measure in characters. */
export const shape = { radius: 8, line: 1, ring: 3, ringOffset: 2, target: 44, measure: 66, mailWidth: 600 } as const;

/** What each colour is for; a wash is the ground that its colour is written on. */
export interface Colours {
  paper: string;
  card: string;
  line: string;
  /** Edge of a control: 3:1 on paper and card, as WCAG 1.4.11 wants. */
  edge: string;
  ink: string;
  quiet: string;
  accent: string;
  onAccent: string;
  accentWash: string;
  review: string;
  reviewWash: string;
  correction: string;
  correctionWash: string;
  danger: string;
  onDanger: string;
  dangerWash: string;
}

export const light: Colours = {
  paper: "#fbfaf7",
  card: "#ffffff",
  line: "#e4e1da",
  edge: "#7f8a92",
  ink: "#1f2a33",
  quiet: "#56626c",
  accent: "#0b6b61",
  onAccent: "#ffffff",
  accentWash: "#e5f2ef",
  review: "#1d4f91",
  reviewWash: "#edf2f9",
  correction: "#8a4b08",
  correctionWash: "#fdf1dc",
  danger: "#a3261b",
  onDanger: "#ffffff",
  dangerWash: "#fbebe9",
};

export const dark: Colours = {
  paper: "#12181d",
  card: "#1a2228",
  line: "#2c363e",
  edge: "#76838d",
  ink: "#e6ebee",
  quiet: "#9fadb7",
  accent: "#63c7b8",
  onAccent: "#0e1f1c",
  accentWash: "#16302d",
  review: "#9dbfee",
  reviewWash: "#1c2938",
  correction: "#eab866",
  correctionWash: "#32270f",
  danger: "#f39a90",
  onDanger: "#2a0f0c",
  dangerWash: "#351c1a",
};

type Pair = readonly [text: keyof Colours, ground: keyof Colours];

/** Every text colour on every ground it may stand on: at least 4.5:1 in both modes. */
export const textPairs: readonly Pair[] = [
  ...(["ink", "quiet", "accent", "review", "correction", "danger"] as const).flatMap((text): Pair[] => [
    [text, "paper"],
    [text, "card"],
  ]),
  ...(["accent", "review", "correction", "danger"] as const).map((text): Pair => [text, `${text}Wash`]),
  ...(["accentWash", "reviewWash", "correctionWash", "dangerWash"] as const).flatMap((ground): Pair[] => [
    ["ink", ground],
    ["quiet", ground],
  ]),
  ["onAccent", "accent"],
  ["onDanger", "danger"],
];
