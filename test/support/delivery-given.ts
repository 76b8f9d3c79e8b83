import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { deliveryAlarmOf, envelopeIdOf } from "../../contracts/derived-ids.ts";
import type { CommandReply } from "../../contracts/envelope.ts";
import { hubActor } from "../../services/case/core.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";
import { asking, createTestCases, type TestCases } from "./case-given.ts";
import { regionView, who } from "./region-view.ts";

type Say = (rest?: object) => Promise<CommandReply>;

/** A question that is owed to a department, and what may be said and done about it. */
export type Owed = {
  cases: TestCases;
  caseId: string;
  deliveryId: string;
  fetch: () => Promise<CommandReply>;
  /** The hub looks after the delivery, if the time has come. */
  ring: () => Promise<CommandReply>;
  /** A receipt of the standard, for the envelope of a sending. */
  receipt: (sending: number, rest?: object, by?: string) => Promise<CommandReply>;
  resend: (by?: string) => Promise<CommandReply>;
  handle: (by?: string) => Promise<CommandReply>;
  settle: Say;
  status: () => string | undefined;
  /** What happened to the delivery after it was owed. */
  changes: () => DeliveryChange[];
  alarm: () => string | undefined;
  undelivered: () => unknown;
  /** What the sender is expected to do. */
  expected: () => string[];
};

const unit = who.endocrinology;

export const owedQuestion = async (directory: DirectoryView = regionView): Promise<Owed> => {
  const cases = createTestCases({ directory });
  const { caseId } = await asking(cases);
  const deliveryId = `${caseId}.1.0`;
  let fetches = 0;
  cases.envelopeIs((id) =>
    [1, 2, 3, 4, 5, 6, 7, 8].some((n) => envelopeIdOf(deliveryId, n) === id) ? deliveryId : undefined,
  );
  const send = (type: string, by: string, payload: object): Promise<CommandReply> =>
    cases.send({ type, by, payload });
  const card = () => cases.state(caseId).card;
  return {
    cases,
    caseId,
    deliveryId,
    fetch: () =>
      cases.send({
        type: "delivery.markFetched",
        by: unit,
        payload: { deliveryId },
        id: `fetched-${String(++fetches)}`,
      }),
    ring: () => send("delivery.ring", hubActor, { caseId, alarmId: deliveryAlarmOf(deliveryId) }),
    receipt: (sending, rest = {}, by = unit) =>
      send("delivery.receiveReceipt", by, {
        originalEnvelopeId: envelopeIdOf(deliveryId, sending),
        outcome: "positive",
        ...rest,
      }),
    resend: (by = who.practice) => send("delivery.resend", by, { caseId, deliveryId }),
    handle: (by = who.practice) => send("delivery.handle", by, { caseId, deliveryId }),
    settle: (rest = {}) => send("delivery.settle", unit, { deliveryId, outcome: "positive", ...rest }),
    status: () => cases.state(caseId).deliveries[deliveryId]?.status,
    changes: () =>
      cases
        .records(caseId)
        .flatMap(({ deliveries }) => deliveries)
        .filter((d) => d.deliveryId === deliveryId && d.change !== "owed"),
    alarm: () => cases.state(caseId).alarms[deliveryAlarmOf(deliveryId)],
    undelivered: () => card()?.undelivered,
    expected: () => (card()?.awaits ?? []).filter((a) => a.who === who.practice).map((a) => a.act),
  };
};
