import { type ResendDoubleOptions, startResendDouble } from "./index.ts";

/**
 * The double as a process of its own: `tsx main.ts '{"port":0,"rateLimit":null}'`. Prints one line of JSON with its
 * URL; everything else goes through `/_double/…`. Ends at SIGTERM.
 */
const double = await startResendDouble(JSON.parse(process.argv[2] ?? "{}") as ResendDoubleOptions);
console.log(JSON.stringify({ url: double.url }));
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void double.close().then(() => process.exit(0)));
}
