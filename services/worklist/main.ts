import { Fault } from "../../contracts/errors.ts";
import { Can, canQueryOf } from "../../contracts/messages/can.ts";
import { caseEventsSubject, querySubject } from "../../contracts/subjects.ts";
import { archivedCasesBy } from "../../infra/archive/archived-case.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { createReached, indexCaughtUp } from "../../infra/nats/index-reach.ts";
import { overJson } from "../../infra/nats/json.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { logSetAside, startProjection } from "../../infra/projection.ts";
import { isOrIsPartOf } from "../case/directory-view.ts";
import { createUnits, nameIn } from "../case/units.ts";
import { createWorklistHandler } from "./handler.ts";
import type { WorklistPorts } from "./ports.ts";
import { createListProjector } from "./projector.ts";
import { createChangesTold } from "./tell-changes.ts";

const reachedWithinMs = 2_000;

/** The family is asked as whoever asks here. One that is away keeps nobody from the case. */
const canBy = (platform: Platform): WorklistPorts["can"] => {
  const { query } = askServices(platform);
  return async (family, caseId, viewer) => {
    try {
      const answer = await query(canQueryOf(family), viewer, { caseId });
      return answer.status === "ok" ? Can.parse(answer.value) : undefined;
    } catch (error) {
      if (error instanceof Fault) return undefined;
      throw error;
    }
  };
};

const portsFrom = (platform: Platform): WorklistPorts => {
  const { projections, journal, directory, indexDigest, archive } = platform;
  const { page, slice, count, hgetall, get, mget } = projections;
  return {
    load: journal.load,
    page,
    slice,
    count,
    hgetall,
    get,
    mget,
    reached: createReached(platform, platform.projections, reachedWithinMs),
    caughtUp: () => indexCaughtUp(platform, reachedWithinMs),
    isPartOf: (gln, whole) => isOrIsPartOf(directory, gln, whole),
    unitsOf: createUnits(directory),
    nameOf: (gln) => nameIn(directory, gln),
    kindOf: (gln) => directory.organisation(gln)?.kind,
    everybody: () => directory.all().map(({ gln }) => gln),
    agreementName: (id, version) =>
      platform.agreements.clocks().find((one) => one.id === id && one.version === version)?.name,
    caseIdFor,
    can: canBy(platform),
    archived: async (kind, name) =>
      archive === undefined
        ? []
        : (await archivedCasesBy(archive, `${kind}|${name}`)).map(({ caseId }) => caseId),
    emergency: platform.emergencies.get,
    digest: indexDigest,
    now: platform.effects.now,
  };
};

/** Keeps the lists from the journal, and tells which cases changed. */
const startLists = (platform: Platform): Part => {
  const { bus, effects, indexDigest: digest, log } = platform;
  const changes = createChangesTold((event) => {
    bus.publish(caseEventsSubject, JSON.stringify(event));
  }, effects.nowMs);
  return startProjection(platform, {
    name: "worklist",
    projectorOn: (index, which) =>
      createListProjector({
        index,
        digest,
        onSetAside: logSetAside(log, "worklist"),
        afterRun: which === "live" ? changes.tell : changes.keep,
      }),
    onSwapped: changes.tellKept,
  });
};

export const startWorklist = (platform: Platform): Part => {
  const { bus } = platform;
  const lists = startLists(platform);
  const handle = createWorklistHandler(portsFrom(platform));
  const queries = bus.serve(querySubject("worklist.*"), "worklist", overJson(handle));
  return {
    stop: async () => {
      await queries.stop();
      await lists.stop();
    },
  };
};
