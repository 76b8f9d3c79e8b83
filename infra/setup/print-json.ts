const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;
const lineWidth = 110;

/** `used`: what stands on the line before; `after`: what comes behind, a comma or nothing. */
type Place = { indent: string; used: number; after: number };

const isLast = (i: number, all: readonly unknown[]): boolean => i === all.length - 1;

/** JSON as the formatter of this project leaves it: lists of plain values on one line where they fit. */
const print = (value: unknown, { indent, used, after }: Place): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const within = (used: number, last: boolean): Place => ({ indent: inner, used, after: last ? 0 : 1 });
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    if (value.every(isScalar) && used + line.length + after <= lineWidth) return line;
    const items = value.map((item, i) => inner + print(item, within(inner.length, isLast(i, value))));
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).map(([key, item], i, all) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + print(item, within(start.length, isLast(i, all)));
  });
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
};

export const printJson = (value: unknown): string => print(value, { indent: "", used: 0, after: 0 });
