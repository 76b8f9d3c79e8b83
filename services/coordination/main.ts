import { commandReplyFrom } from "../../contracts/envelope.ts";
import { Fault, isErrorCode } from "../../contracts/errors.ts";
import { patientHash, patientKey } from "../../contracts/index-keys.ts";
import { caseRecordFrom } from "../../contracts/record.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { effects } from "../../infra/effects.ts";
import { type Followed, startFollower } from "../../infra/nats/follow.ts";
import { journalStreams } from "../../infra/nats/streams.ts";
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

/** Follows every stream of the journal with the rules, from where it stood when it last ran. */
const startRules = (platform: Platform, ports: CoordinationPorts): Part => {
  const { js, link, layout, log, positions } = platform;
  const onFault = (error: unknown): void => {
    log.warn("coordination waits", { error });
  };
  const react = createRuleFollower(rules, ports);
  const followers = journalStreams(layout).map(({ name: stream }) => {
    const follower = `coordination-${stream}`;
    let at: number | undefined;
    return startFollower(js, {
      link,
      stream,
      // In memory while it runs: the noted position is seconds old.
      position: async () => (at ??= await positions.read(follower)),
      apply: async (batch: Followed[]) => {
        for (const { seq, data } of batch) {
          if (isOccasion(data)) await react(caseRecordFrom(decoder.decode(data)));
          at = seq;
          positions.note(follower, seq);
        }
      },
      onFault,
    });
  });
  return {
    stop: async () => {
      await Promise.all(followers.map((follower) => follower.stop()));
    },
  };
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
