/** The text format that Prometheus reads (exposition format 0.0.4), as far as the hub writes it. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

const line = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

const unescaped = (text: string): string =>
  text.replaceAll(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter));

const sampleOf = (text: string): Sample[] => {
  const [, name, inBraces = "", number = ""] = line.exec(text) ?? [];
  const value = number === "+Inf" ? Number.POSITIVE_INFINITY : Number(number);
  if (name === undefined || Number.isNaN(value)) return [];
  const labels: Record<string, string> = {};
  for (const [, key = "", said = ""] of inBraces.matchAll(label)) labels[key] = unescaped(said);
  return [{ name, value, labels }];
};

/** Comments and lines that are no numbers are left out. */
export const parseMetrics = (text: string): Sample[] => text.split("\n").flatMap(sampleOf);
