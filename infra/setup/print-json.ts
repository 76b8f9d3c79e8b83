const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;
const lineWidth = 110;

/** JSON as the formatter of this project leaves it: lists of plain values on one line where they fit. */
const print = (value: unknown, indent: string, used: number): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    if (value.every(isScalar) && used + line.length < lineWidth) return line;
    return `[\n${value.map((item) => inner + print(item, inner, inner.length)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const start = `${inner}${JSON.stringify(key)}: `;
    return start + print(item, inner, start.length);
  });
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
};

export const printJson = (value: unknown): string => print(value, "", 0);
