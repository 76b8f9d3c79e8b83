import { commandReplyFrom, parkedAsRefused, settledReply } from "../../contracts/envelope.ts";
import { patientHash, patientKey } from "../../contracts/index-keys.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import type { Followed } from "../../infra/nats/follow.ts";
import { followJournal } from "../../infra/nats/follow-journal.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { hubActor } from "../case/core.ts";
import { rules } from "./core/rules.ts";
import type { Workflow } from "./core/workflow.ts";
import { createRuleFollower } from "./follow-rules.ts";
import { createJoiner } from "./join-attachments.ts";
import type { CoordinationPorts } from "./ports.ts";

const restMs = 200;
/** Of a citizen's cases a rule looks at the newest. */
const newestCases = 50;

const sender =
  ({ bus, effects }: Platform): CoordinationPorts["send"] =>
  (command) => {
    const envelope = { ...command, version: 1, time: effects.now(), sender: hubActor };
    const asking = bus.ask(commandSubject(command.type), envelope).then(commandReplyFrom);
    return asking.then(settledReply).catch(parkedAsRefused);
  };

/**
 * Whether a record may set anything off. It was read already, for all who follow; one that cannot be read is looked through for
 * the words of the rules, and holds up nobody who has no part in it.
 */
const occasionIn = (rules: readonly Workflow[]): ((message: Followed) => boolean) => {
  const words = rules.flatMap(({ facts }) => facts).map((fact) => Buffer.from(`"${fact}"`));
  return ({ data, record }) => {
    try {
      const read = record();
      return rules.some(({ concerns }) => concerns(read));
    } catch {
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      return words.some((fact) => bytes.includes(fact));
    }
  };
};

/** Rules that follow the journal together: what holds up one of them holds up the others. */
type Following = { name: string; rules: readonly Workflow[] };

/** What the index must answer waits without it; a municipality may not wait with it. */
const followings: readonly Following[] = [
  { name: "coordination", rules: rules.filter(({ patientOf }) => patientOf === undefined) },
  { name: "coordination-patients", rules: rules.filter(({ patientOf }) => patientOf !== undefined) },
];

/** Follows the journal with the rules, from where it stood when it last ran. */
const startRules = (
  platform: Platform,
  ports: CoordinationPorts,
  { name, rules: followed }: Following,
): Part => {
  const { log, positions, traces } = platform;
  const react = createRuleFollower(followed, ports);
  const isOccasion = occasionIn(followed);
  const nameOf = (stream: string): string => `${name}-${stream}`;
  return followJournal(platform, {
    from: (stream) => positions.read(nameOf(stream)),
    read: async (stream, message) => {
      // What a record sets off is a part of what the record came of.
      if (isOccasion(message)) await traces.within(message.traceparent(), () => react(message.record()));
      positions.note(nameOf(stream), message.seq);
    },
    onFault: (error) => {
      log.warn("coordination waits", { error });
    },
  });
};

export const startCoordination = (platform: Platform): Part => {
  const { journal, projections, effects, log } = platform;
  const ports: CoordinationPorts = {
    send: sender(platform),
    load: journal.load,
    // The citizen's cases stand the latest change first.
    casesOfPatient: (patient) =>
      projections.page(patientKey(patientHash(patient, platform.indexDigest)), undefined, newestCases),
    index: projections,
    digest: effects.digest,
    nowMs: effects.nowMs,
    log,
  };
  const following = followings.map((one) => startRules(platform, ports, one));
  const joining = startRepeating(createJoiner(ports), restMs, (error) => {
    log.warn("attachments wait", { error });
  });
  return {
    stop: async () => {
      await joining.stop();
      await Promise.all(following.map(({ stop }) => stop()));
    },
  };
};
