import { commandReplyFrom } from "../../contracts/envelope.ts";
import { Fault, isErrorCode } from "../../contracts/errors.ts";
import { patientHash, patientKey } from "../../contracts/index-keys.ts";
import { caseRecordFrom } from "../../contracts/record.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { followJournal } from "../../infra/nats/follow-journal.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { hubActor } from "../case/core.ts";
import { rules } from "./core/rules.ts";
import { createRuleFollower } from "./follow-rules.ts";
import { createJoiner } from "./join-attachments.ts";
import type { CoordinationPorts } from "./ports.ts";

const restMs = 200;
/** More cases than a citizen has; of them a rule looks at the newest. */
const maxCases = 500;
const newestCases = 50;

const sender =
  ({ bus }: Platform): CoordinationPorts["send"] =>
  async (command) => {
    const envelope = { ...command, version: 1, time: effects.now(), sender: hubActor };
    const reply = commandReplyFrom(await bus.ask(commandSubject(command.type), envelope));
    if (reply.status === "failed") throw new Fault(isErrorCode(reply.code) ? reply.code : "internal-error");
    return reply;
  };

const decoder = new TextDecoder();

const occasions = rules.map(({ fact }) => Buffer.from(`"${fact}"`));

/** Whether a record may set anything off, told without reading it: nearly all do not, and a busy journal has thousands a second. */
const isOccasion = (data: Uint8Array): boolean => {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return occasions.some((fact) => bytes.includes(fact));
};

/** Follows the journal with the rules, from where it stood when it last ran. */
const startRules = (platform: Platform, ports: CoordinationPorts): Part => {
  const { log, positions } = platform;
  const react = createRuleFollower(rules, ports);
  const nameOf = (stream: string): string => `coordination-${stream}`;
  return followJournal(platform, {
    from: (stream) => positions.read(nameOf(stream)),
    read: async (stream, { seq, data }) => {
      if (isOccasion(data)) await react(caseRecordFrom(decoder.decode(data)));
      positions.note(nameOf(stream), seq);
    },
    onFault: (error) => {
      log.warn("coordination waits", { error });
    },
  });
};

export const startCoordination = (platform: Platform): Part => {
  const { journal, projections, log } = platform;
  const ports: CoordinationPorts = {
    send: sender(platform),
    load: journal.load,
    casesOfPatient: async (patient) => {
      const key = patientKey(patientHash(patient, platform.indexDigest));
      return (await projections.page(key, undefined, maxCases)).slice(-newestCases);
    },
    index: projections,
    digest: effects.digest,
    log,
  };
  const following = startRules(platform, ports);
  const joining = startRepeating(createJoiner(ports), restMs, (error) => {
    log.warn("attachments wait", { error });
  });
  return {
    stop: async () => {
      await joining.stop();
      await following.stop();
    },
  };
};
