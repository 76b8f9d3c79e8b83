import { readFileSync } from "node:fs";
import { z } from "zod";
import { CaseRecord } from "../../contracts/record.ts";

const Example = z.object({ message: z.unknown() });
const example = (path: string): unknown =>
  Example.parse(JSON.parse(readFileSync(`contracts/examples/${path}`, "utf8"))).message;

/** The record of a question from `gln.practice` to `gln.unit`, with one delivery owed in `standard`. */
export const askedRecord = (standard: "oioxml" | "json" = "oioxml"): CaseRecord => {
  const record = CaseRecord.parse(example("record/valid/advice-asked.json"));
  const deliveries = record.deliveries.map((d) => (d.change === "owed" ? { ...d, standard } : d));
  return { ...record, deliveries };
};
