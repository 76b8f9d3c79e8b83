import { randomUUID } from "node:crypto";
import { realpath } from "node:fs/promises";
import { CaseEvent } from "../../contracts/messages/case-list.ts";
import { caseEventsSubject } from "../../contracts/subjects.ts";
import { ConfigError } from "../../infra/config/config.ts";
import { intakeIdFor, newId, sha256 } from "../../infra/ids.ts";
import { type Answers, createAnswers } from "../../infra/nats/answers.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { parseJson } from "../../infra/nats/json.ts";
import { submitOnce } from "../../infra/nats/submit-once.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { isGlnName } from "./core/names.ts";
import { textNamesIn } from "./files.ts";
import type { FolderOptions, FolderPorts } from "./ports.ts";
import { sparing } from "./say-sparingly.ts";
import { deliversByFolder, type Served, serveOrganisation } from "./serve-organisation.ts";
import { newOwner } from "./take-over.ts";

export { inspectFolders } from "./inspect-folders.ts";

/** How the object store calls a sha256. */
const keptAs = "sha256-";
/** Tells this process from a later one with its pid. */
const run = randomUUID().slice(0, 8);

/**
 * One message in INTAKE for each sender and content, however often the file comes and whatever dies meanwhile: its id is made
 * of the two. One that is there already is read again by the gateway of its standard, which gives the same answer.
 */
const submit =
  (platform: Platform, answers: Answers): FolderPorts["submit"] =>
  ({ digest, bytes, ...document }) => {
    const id = intakeIdFor(document.sender, digest);
    const content = bytes === undefined ? { bytes: new Uint8Array(), kept: keptAs + digest } : { bytes };
    return submitOnce(platform, answers, { id, ...document, ...content, transport: "folder" });
  };

const portsFrom = (platform: Platform, answers: Answers): FolderPorts => {
  const { directory, effects, indexDigest, log } = platform;
  const { now, nowMs } = effects;
  const steadyMs = (): number => performance.now();
  return {
    keep: async (pieces) => (await platform.objects.putStream(pieces)).digest.slice(keptAs.length),
    submit: submit(platform, answers),
    closed: () => platform.pressure.refusal("document") !== undefined,
    told: (intake) => {
      platform.told.note({ intake, at: now(), how: "placed" });
    },
    ...askServices(platform),
    organisation: directory.organisation,
    organisations: directory.all,
    digest: sha256,
    keyedDigest: indexDigest,
    newId,
    now,
    nowMs,
    steadyMs,
    log: { info: log.info, warn: sparing(log, steadyMs) },
  };
};

/** Who has folders: whoever the directory delivers to by folder, and whoever has one that was made by hand. */
const wantedIn = async (
  { organisations, organisation, log }: FolderPorts,
  root: string,
): Promise<string[]> => {
  const named = (await textNamesIn(root)).filter(isGlnName);
  for (const gln of named)
    if (organisation(gln) === undefined) log.warn("folder-of-a-stranger", { gln, code: "sender-unknown" });
  const byDirectory = organisations()
    .filter(deliversByFolder)
    .map(({ gln }) => gln);
  return [...new Set([...named.filter((gln) => organisation(gln) !== undefined), ...byDirectory])];
};

const openRoot = (root: string): Promise<string> =>
  realpath(root).catch(() => {
    const message =
      "There is no such folder. Make it or mount it first: the hub does not, lest it fill the wrong disk.";
    throw new ConfigError([{ name: "SEKTORBRO_FOLDERS", message }]);
  });

/** Tells the organisations' loops what waits for them. One event may be missed: the inbox is read from time to time. */
const hearDeliveries = ({ bus }: Platform, served: ReadonlyMap<string, Served>): (() => void) =>
  bus.hear(caseEventsSubject, (payload) => {
    const event = served.size === 0 ? undefined : CaseEvent.safeParse(parseJson(payload)).data;
    for (const { to, deliveryId, status } of event?.deliveries ?? [])
      if (status === "waiting") served.get(to)?.due(deliveryId);
  });

/** A directory that delivers by folder, and a hub that has none: somebody should know. */
const tellWithout = ({ directory, log }: Platform): void => {
  const waiting = directory.all().filter(deliversByFolder);
  if (waiting.length > 0) log.warn("folders-off", { count: waiting.length, reason: "SEKTORBRO_FOLDERS" });
};

/** Looks after the drop folders of a root, if there is one. @throws ConfigError when the root is not there */
export const startFolders = async (platform: Platform, options: FolderOptions | undefined): Promise<Part> => {
  if (options === undefined) {
    tellWithout(platform);
    return { stop: () => Promise.resolve() };
  }
  const root = await openRoot(options.root);
  const answers = createAnswers(platform.nc);
  const ports = portsFrom(platform, answers);
  const { me, leave } = newOwner(run);
  const serving = { ports, options: { ...options, root }, me };
  const served = new Map<string, Served>();
  const unhear = hearDeliveries(platform, served);
  const refresh = async (): Promise<boolean> => {
    const wanted = await wantedIn(ports, root);
    for (const gln of wanted) if (!served.has(gln)) served.set(gln, serveOrganisation(serving, gln));
    for (const [gln, { stop }] of served) {
      if (wanted.includes(gln)) continue;
      served.delete(gln);
      ports.log.warn("folder-gone", { gln });
      await stop();
    }
    return false;
  };
  const watching = startRepeating(refresh, options.pollMs, (error) => {
    ports.log.warn("folders-wait", { error });
  });
  return {
    stop: async () => {
      await watching.stop();
      unhear();
      await Promise.all([...served.values()].map(({ stop }) => stop()));
      leave();
      answers.stop();
    },
  };
};
