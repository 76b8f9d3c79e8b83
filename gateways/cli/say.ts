/** Everything that a command tells: results on standard output, everything else on standard error. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
export const printBytes = (bytes: Uint8Array): void => {
  process.stdout.write(bytes);
};
export const printJson = (value: unknown): void => {
  print(JSON.stringify(value, null, 2));
};
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Rows as columns that stand under one another. */
export const columns = (rows: readonly (readonly string[])[]): string => {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
};
