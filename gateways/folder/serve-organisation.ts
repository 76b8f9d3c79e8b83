import { type FSWatcher, watch } from "node:fs";
import { Fault } from "../../contracts/errors.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import { type Owner, ownerName } from "./core/after-crash.ts";
import { codeOf, removeEmpty, touch } from "./files.ts";
import { type GivingOut, giveOut, handOutStaged, nothingDue } from "./give-out.ts";
import {
  claimsIn,
  draftsIn,
  folderIn,
  foldersOf,
  type OrganisationFolders,
  prepare,
  stagedIn,
} from "./organisation-folders.ts";
import type { FolderOptions, FolderPorts } from "./ports.ts";
import { createPulse, type Pulse } from "./pulse.ts";
import { noLooks, type TakingIn, takeReady, workClaims } from "./take-in.ts";
import { type Others, othersSeenBy, takeOver } from "./take-over.ts";

/** One organisation's folders, being looked after. */
export type Served = {
  /** A delivery waits for it. */
  due: (deliveryId: string) => void;
  /** What is in hand is finished first, or stays where the next start finds it. */
  stop: () => Promise<void>;
};

export type Serving = {
  ports: FolderPorts;
  options: FolderOptions;
  me: Owner;
};

/** The inbox is read this many looks apart; in between the deliveries are told by name. */
const looksBetweenReadings = 10;
const aliveEveryMs = 10_000;

/** Hurries the next look. Whatever it misses, a look finds: it is opened again when it broke. */
const createWatch = (dir: string, pulse: Pulse): { open: () => void; close: () => void } => {
  let watcher: FSWatcher | undefined;
  const close = (): void => {
    watcher?.close();
    watcher = undefined;
  };
  return {
    open: () => {
      if (watcher !== undefined) return;
      try {
        watcher = watch(dir, { persistent: false }, pulse.wake).on("error", close);
      } catch (error) {
        // A system that has no watch left, or a file system that has none: then the looks are all there is.
        if (codeOf(error) === "") throw error;
      }
    },
    close,
  };
};

type Round = { at: TakingIn; out: GivingOut; others: Others };

/** The parts of a round, each by itself: what hinders one hinders no other. */
const phases: readonly { phase: string; work: (round: Round) => Promise<boolean> }[] = [
  {
    phase: "take-over",
    work: async ({ at, out, others }) => {
      const { claims, staged } = await takeOver(at.folders, others, at.ports.steadyMs());
      if (claims > 0) at.ports.log.info("folder-taken-over", { gln: at.folders.gln, count: claims });
      await handOutStaged(out, staged);
      return false;
    },
  },
  { phase: "in", work: ({ at }) => takeReady(at) },
  {
    phase: "claimed",
    work: async ({ at }) => {
      await workClaims(at);
      return false;
    },
  },
  {
    phase: "out",
    work: async ({ at, out }) => {
      await giveOut(out, at.options.pollMs * looksBetweenReadings);
      return false;
    },
  },
];

const attempt = async (round: Round, { phase, work }: (typeof phases)[number]): Promise<boolean> => {
  try {
    return await work(round);
  } catch (error) {
    const code = error instanceof Fault ? error.code : codeOf(error);
    round.at.ports.log.warn("folder-waits", { gln: round.at.folders.gln, phase, code, error });
    return false;
  }
};

export const deliversByFolder = (organisation: Organisation | undefined): boolean =>
  organisation?.channels.some(({ transport }) => transport === "folder") === true;

/** Everything once. @returns whether there may be more to do at once */
const goRound = async (round: Round, beforePhases: () => void): Promise<boolean> => {
  const { ports, options, folders } = round.at;
  try {
    const troubles = await prepare(options.root, folders, deliversByFolder(ports.organisation(folders.gln)));
    for (const { folder, trouble } of troubles)
      ports.log.warn("folder-unusable", { gln: folders.gln, phase: folder, code: trouble });
    if (troubles.length > 0) return false;
    await touch(folders.own, ports.nowMs());
  } catch (error) {
    ports.log.warn("folder-unusable", { gln: folders.gln, phase: "prepare", code: codeOf(error), error });
    return false;
  }
  beforePhases();
  let more = false;
  for (const phase of phases) more = (await attempt(round, phase)) || more;
  return more;
};

/** A place in the working folder with nothing in it tells the next one nothing. */
const leave = async ({ own }: OrganisationFolders): Promise<void> => {
  for (const dir of [claimsIn(own), stagedIn(own), draftsIn(own), own]) await removeEmpty(dir);
};

export const serveOrganisation = (serving: Serving, gln: string): Served => {
  const { ports, options, me } = serving;
  const folders = foldersOf(options.root, gln, ownerName(me));
  const pulse = createPulse();
  const watcher = createWatch(folderIn(folders, "in"), pulse);
  const out = { ports, folders, state: nothingDue() };
  const round = { at: { ports, options, folders, state: noLooks() }, out, others: othersSeenBy(me) };
  // A round may last longer than others wait for a sign.
  const alive = setInterval(() => {
    touch(folders.own, ports.nowMs()).catch(() => undefined);
  }, aliveEveryMs);
  alive.unref();
  const loop = async (): Promise<void> => {
    while (!pulse.stopped()) if (!(await goRound(round, watcher.open))) await pulse.rest(options.pollMs);
  };
  const ended = loop();
  return {
    due: (deliveryId) => {
      // Sent again, perhaps: what was settled before is owed anew.
      out.state.settled.delete(deliveryId);
      out.state.due.add(deliveryId);
      pulse.wake();
    },
    stop: async () => {
      pulse.stop();
      await ended;
      clearInterval(alive);
      watcher.close();
      await leave(folders).catch(() => undefined);
    },
  };
};
