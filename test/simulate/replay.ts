import { mkdir, writeFile } from "node:fs/promises";
import { digestOf, live } from "./live.ts";
import { scriptOf } from "./script.ts";
import { lawOf, shrink } from "./shrink.ts";

type Asked = { years: number; shrink: boolean; trace: boolean; say: (text: string) => void };

const foundFolder = new URL("./found/", import.meta.url);

/** One history again, told and, when it is asked for, made as short as it can be. @returns the exit code: 1 when a law was broken */
export const replay = async (seed: string, asked: Asked): Promise<number> => {
  const { say } = asked;
  const script = scriptOf(seed, asked.years);
  const lived = await live(script);
  if (asked.trace) for (const line of lived.lines) say(line);
  say(`seed ${seed}: ${String(lived.steps)} steps, ${String(lived.records)} records, ${digestOf(lived)}`);
  for (const fault of lived.faults) say(`  ${fault}`);
  const [fault] = lived.faults;
  if (fault === undefined) return 0;
  if (asked.shrink) {
    const law = lawOf(fault);
    const short = await shrink(script, law);
    await mkdir(foundFolder, { recursive: true });
    await writeFile(new URL(`${seed}.json`, foundFolder), `${JSON.stringify({ law, ...short }, null, 1)}\n`);
    say(`${String(script.steps.length)} steps of the script became ${String(short.steps.length)}:`);
    for (const step of short.steps) say(`  ${step.do} ${String(step.n)}, then ${String(step.events)} events`);
  }
  return 1;
};
