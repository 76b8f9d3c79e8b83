import { existsSync, readFileSync } from "node:fs";

/**
 * MedCom's published code systems, value sets, invariants and element cardinalities, where they are beside the project; `[]`
 * where they are not, said aloud, since the tests that compare with them are then skipped.
 */
export const publishedRows = (name: string): readonly Readonly<Record<string, string>>[] => {
  const file = `../shared/fhir/codes/${name}.tsv`;
  if (!existsSync(file)) {
    process.stderr.write(`Skipping what compares with MedCom's ${name}: no ${file}\n`);
    return [];
  }
  const [head = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const columns = head.split("\t");
  return lines.map((line) => {
    const values = line.split("\t");
    return Object.fromEntries(columns.map((column, at) => [column, values[at] ?? ""]));
  });
};
