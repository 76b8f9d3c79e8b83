import type { Agreement } from "../../contracts/agreement.ts";
import { agreements as builtIn } from "../../contracts/codes/agreements.ts";
import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import type { CareThread } from "../../contracts/fhir/care-communication.ts";
import type { Letter } from "../../contracts/letter.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Written } from "../../contracts/written.ts";
import { caseIdFor, sha256 } from "../../infra/ids.ts";
import { createAdviceHandler } from "../../services/advice/handler.ts";
import { agreementCore } from "../../services/agreement/core/fire.ts";
import { createNoticeHandler } from "../../services/agreement/notices.ts";
import { createAttachmentHandler } from "../../services/attachment/handler.ts";
import { bookingRules } from "../../services/booking/core/rules.ts";
import { createBookingHandler } from "../../services/booking/handler.ts";
import { type CasePorts, createCaseHandler } from "../../services/case/case-handler.ts";
import { type CaseState, evolveCase, noCase } from "../../services/case/case-state.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";
import { hubActor } from "../../services/case/core.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";
import { createDeliveryHandler } from "../../services/delivery/handler.ts";
import { createDischargeHandler } from "../../services/discharge/handler.ts";
import { createObservationHandler } from "../../services/observation/handler.ts";
import { createReferralHandler } from "../../services/referral/handler.ts";
import { now, patient } from "./advice-given.ts";
import { local } from "./clock-given.ts";
import { createMemoryJournal, type MemoryJournal } from "./memory-journal.ts";
import { regionView, who } from "./region-view.ts";

export type Accepted = Extract<CommandReply, { status: "accepted" }>;

type FindThread = (
  letter: Letter,
  thread: CareThread | undefined,
) => string | undefined | { named: string | undefined; guessed: string | undefined };
type Options = {
  directory?: DirectoryView;
  step?: () => Promise<unknown>;
  attachmentRules?: AttachmentRules;
  agreements?: readonly Agreement[];
  operations?: string;
};
type Order = {
  type: string;
  by: string;
  payload: object;
  id?: string;
  intake?: string;
  written?: Written;
};

export type TestCases = {
  journal: MemoryJournal;
  ports: CasePorts;
  /** Snapshots as they are remembered, by case. A test may put an old one back. */
  snapshots: Map<string, string>;
  /** How long the kernel paused, each time, in milliseconds. */
  pauses: number[];
  /** Sets the clock: `yyyy-mm-dd hh:mm`, Danish time. */
  at: (localTime: string) => void;
  /** The case that letters continue from now on. */
  threadIs: (find: FindThread) => void;
  /** The delivery that carried an envelope number. */
  envelopeIs: (find: (envelopeId: string) => string | undefined) => void;
  send: (order: Order) => Promise<CommandReply>;
  ring: (caseId: string, clockId: string) => Promise<CommandReply>;
  records: (caseId?: string) => CaseRecord[];
  state: (caseId: string) => CaseState;
};

/** The families and their shared services, on one journal in memory, with a clock that stands still. */
export const createTestCases = ({
  directory = regionView,
  step,
  attachmentRules,
  agreements = builtIn,
  operations,
}: Options = {}): TestCases => {
  const journal = createMemoryJournal(step);
  const snapshots = new Map<string, string>();
  const pauses: number[] = [];
  let time = now;
  let findThread: FindThread = () => undefined;
  let findDelivery: (envelopeId: string) => string | undefined = () => undefined;
  let count = 0;
  const ports: CasePorts = {
    append: journal.append,
    load: journal.load,
    recall: (caseId) => {
      const text = snapshots.get(caseId);
      return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as unknown));
    },
    remember: (caseId, snapshot) => {
      snapshots.set(caseId, JSON.stringify(snapshot));
    },
    digest: sha256,
    now: () => time,
    localTime: localDateTimeOf,
    pause: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    directory,
    agreements: () => agreements,
    operations,
  };
  const notices = createNoticeHandler({
    ...ports,
    digestCaseId: (gln, date) => caseIdFor(gln, `digest:${date}`),
  });
  const handlers = {
    advice: createAdviceHandler({
      ...ports,
      attachmentRules,
      caseIdFor,
      indexDigest: sha256,
      findThread: (...l) => {
        const found = findThread(...l);
        return Promise.resolve(typeof found === "object" ? found : { guessed: found });
      },
    }),
    attachment: createAttachmentHandler({ ...ports, caseIdFor, attachmentRules }),
    discharge: createDischargeHandler({ ...ports, caseIdFor }),
    observation: createObservationHandler({ ...ports, caseIdFor }),
    referral: createReferralHandler({ ...ports, caseIdFor }),
    booking: createBookingHandler({ ...ports, caseIdFor, rules: bookingRules }).handle,
    clock: notices,
    digest: notices,
    delivery: createDeliveryHandler({
      ...ports,
      deliveryOfEnvelope: (id) => Promise.resolve(findDelivery(id)),
    }),
  };
  const clocks = createCaseHandler(agreementCore, ports);
  const records = (caseId?: string) =>
    journal.records().filter((record) => caseId === undefined || record.caseId === caseId);
  const nextId = (): string => `id-${String(++count)}`;
  return {
    journal,
    ports,
    snapshots,
    pauses,
    at: (localTime) => {
      time = local(localTime);
    },
    threadIs: (find) => {
      findThread = find;
    },
    envelopeIs: (find) => {
      findDelivery = find;
    },
    send: ({ type, by, payload, id = nextId(), intake, written }) => {
      const [area = ""] = type.split(".");
      const handle = handlers[area as keyof typeof handlers];
      const envelope = { id, type, version: 1, time, sender: by, payload };
      const more = {
        ...(intake === undefined ? {} : { intake }),
        ...(written === undefined ? {} : { written }),
      };
      return handle({ ...envelope, ...more });
    },
    ring: (caseId, clockId) => {
      const command = { type: "fire", clockId } as const;
      const envelope = {
        id: nextId(),
        type: "agreement.fire",
        version: 1,
        time,
        sender: hubActor,
        payload: command,
      } as const;
      return clocks({ caseId, opens: false, envelope, command });
    },
    records,
    state: (caseId) => records(caseId).reduce(evolveCase, noCase(caseId)),
  };
};

export const accepted = (reply: CommandReply): Accepted => {
  if (reply.status !== "accepted") throw new Error(`It was not accepted: ${JSON.stringify(reply)}`);
  return reply;
};

export const question = (messageId: string, change: object = {}): object => ({
  messageId,
  to: { gln: who.endocrinology },
  patient,
  subject: "TSH",
  question: "Hvad nu?",
  ...change,
});

/** A practice has asked; the answer to it. */
export const asking = async (cases: TestCases, change: object = {}): Promise<Accepted> =>
  accepted(
    await cases.send({ type: "advice.ask", by: who.practice, payload: question("M-1", change), id: "ask-1" }),
  );
