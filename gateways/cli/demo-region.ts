import { z } from "zod";
import { type Act, laterStories, type Story, stories } from "./demo-region-stories.ts";
import { makeTrouble } from "./demo-region-trouble.ts";
import { CommandFailed } from "./failure.ts";
import { type HubClient, refusalText } from "./hub-client.ts";

const Opened = z.object({ caseId: z.string() });

const send = async (hub: HubClient, { by, path, body }: Act): Promise<string> => {
  const answer = await hub.call({
    ...{ method: "POST", path, as: { gln: by, role: "organisation" }, type: "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status >= 300)
    throw new CommandFailed(`The demo's region could not be set to work (${path}). ${refusalText(answer)}`);
  return Opened.parse(JSON.parse(Buffer.from(answer.bytes).toString())).caseId;
};

const play = async (hub: HubClient, { opens, after = [] }: Story): Promise<void> => {
  const caseId = await send(hub, opens);
  for (const act of after) await send(hub, { ...act, path: act.path.replace(":id", caseId) });
};

/**
 * A region at work: a dozen made-up citizens, questions, referrals, measurements, stays and free times, some waiting, some
 * answered, some late. `chain` keeps two of them apart. @throws CommandFailed
 */
export const fillRegion = async (
  hub: HubClient,
  { chain, now }: { chain: string; now: () => number },
): Promise<number> => {
  const started = now();
  const all = stories({ chain, at: (offsetMs) => new Date(started + offsetMs).toISOString() });
  await Promise.all(all.map((story) => play(hub, story)));
  await makeTrouble(hub);
  const later = laterStories({ chain, at: (offsetMs) => new Date(started + offsetMs).toISOString() });
  await Promise.all(later.map((story) => play(hub, story)));
  return all.length + later.length;
};
