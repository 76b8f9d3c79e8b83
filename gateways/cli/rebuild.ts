import { z } from "zod";
import { type AskHub, withHubBus } from "./ask-hub.ts";
import { note, print, printJson } from "./say.ts";

export type RebuildOptions = { data?: string; json?: boolean };

const Rebuilt = z.object({ keys: z.number(), sha256: z.string() });

const progressMs = 2_000;

const askRebuild = async (ask: AskHub): Promise<z.infer<typeof Rebuilt>> => {
  const begun = Date.now();
  note(
    "Every worklist, inbox and timer is made again from the journal. The hub goes on taking messages meanwhile.",
  );
  const progress = setInterval(() => {
    note(`... ${Math.round((Date.now() - begun) / 1000)} s`);
  }, progressMs);
  try {
    return Rebuilt.parse(await ask("worklist.rebuild"));
  } finally {
    clearInterval(progress);
  }
};

/** Has the running hub forget its index (Redis) and read the journal again. @throws CommandFailed, Fault */
export const rebuild = ({ data, json }: RebuildOptions): Promise<void> =>
  withHubBus({ data, name: "sektorbro-rebuild" }, async (ask) => {
    const rebuilt = await askRebuild(ask);
    if (json === true) printJson(rebuilt);
    else print(`Rebuilt: ${rebuilt.keys} keys, sha256 ${rebuilt.sha256}`);
  });
