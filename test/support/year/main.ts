/** `tsx test/support/year/main.ts --share 0.01 [--seed S] [--report 2026-10=FILE]`: the long form of the simulated year. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { proveYear, reportOf } from "./prove-year.ts";
import { toldYear } from "./tell-year.ts";

const { values } = parseArgs({
  options: {
    share: { type: "string", default: "0.01" },
    seed: { type: "string", default: "a year" },
    report: { type: "string" },
  },
});
const share = Number(values.share);
if (!(share > 0 && share <= 1)) throw new Error("--share is a part of the region, above 0 and at most 1.");

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const onDay = (date: string): void => {
  if (date.endsWith("-01")) say(date);
};

const main = async (): Promise<void> => {
  const proven = await proveYear({ year: 2026, share, seed: values.seed, onDay });
  for (const line of toldYear(proven, share)) say(line);
  for (const difference of proven.recounted.differences.slice(0, 20)) say(JSON.stringify(difference));
  for (const wrong of proven.explained.wrong.slice(0, 20)) say(wrong);
  const [month = "", file] = values.report?.split("=") ?? [];
  if (file !== undefined) writeFileSync(file, await reportOf(proven, month));
  process.exitCode = proven.recounted.differences.length + proven.explained.wrong.length === 0 ? 0 : 1;
};

await main();
