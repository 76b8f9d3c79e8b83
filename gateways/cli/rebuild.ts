import { z } from "zod";
import { RebuildProgress } from "../../contracts/messages/rebuild.ts";
import { indexPrefixes } from "../../infra/redis/index-names.ts";
import { type AskHub, withHubBus } from "./ask-hub.ts";
import { note, print, printJson } from "./say.ts";

export type RebuildOptions = { data?: string; json?: boolean };

const Rebuilt = z.object({ keys: z.number(), sha256: z.string() });

/** What can be rebuilt: one index, or all of them one after the other. */
export const rebuildable: readonly string[] = [...Object.keys(indexPrefixes), "all"];

const progressMs = 2_000;
const count = new Intl.NumberFormat("en");

/** How far a rebuild is, in one line. */
const progressText = ({ done, total, recordsPerSecond, leftMs }: RebuildProgress): string => {
  const share = total === 0 ? 100 : Math.floor((100 * done) / total);
  const left = leftMs === undefined ? "" : `, ${count.format(Math.ceil(leftMs / 1_000))} s left`;
  return `... ${count.format(done)} of ${count.format(total)} records (${String(share)} %), ${count.format(recordsPerSecond)} a second${left}`;
};

const tellProgress = async (ask: AskHub, name: string): Promise<void> => {
  const progress = RebuildProgress.nullable().safeParse(await ask(`${name}.rebuild-progress`));
  if (progress.success && progress.data !== null) note(progressText(progress.data));
};

const askRebuild = async (ask: AskHub, name: string): Promise<z.infer<typeof Rebuilt>> => {
  note(`The index "${name}" is made anew from the journal, beside the one that answers until it is whole.`);
  const progress = setInterval(() => {
    // What cannot be told now is told two seconds later, and the rebuild itself says what is wrong.
    tellProgress(ask, name).catch(() => undefined);
  }, progressMs);
  try {
    return Rebuilt.parse(await ask(`${name}.rebuild`));
  } finally {
    clearInterval(progress);
  }
};

/** Has the running hub read the journal again into a new index, and answer from that. @throws CommandFailed, Fault */
export const rebuild = (what: string, { data, json }: RebuildOptions): Promise<void> =>
  withHubBus({ data, name: "sektorbro-rebuild" }, async (ask) => {
    const names = what === "all" ? Object.keys(indexPrefixes) : [what];
    const rebuilt: Record<string, z.infer<typeof Rebuilt>> = {};
    for (const name of names) {
      const one = await askRebuild(ask, name);
      rebuilt[name] = one;
      if (json !== true)
        print(`${what === "all" ? `${name}: ` : ""}Rebuilt: ${String(one.keys)} keys, sha256 ${one.sha256}`);
    }
    if (json === true) printJson(what === "all" ? rebuilt : rebuilt[what]);
  });
