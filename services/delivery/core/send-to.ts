import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { deliveryAlarmOf } from "../../../contracts/derived-ids.ts";
import { fhirMessageIdOf } from "../../../contracts/fhir/message-id.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import { type Owed, type Owing, readdressed } from "../../../contracts/readdressed.ts";
import type { DeliveryState } from "../../case/case-state.ts";
import { cancelClock } from "../../case/clock-book.ts";
import { receiptClockId } from "../../case/clock-receipts.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { activeOrganisation, type DirectoryView, receiverPartyOf } from "../../case/directory-view.ts";
import { deliveriesOwed } from "../../case/tell.ts";
import type { ActOf } from "./command.ts";
import { byWhom } from "./look-after.ts";

type Decided = Decision<never>;
type SendTo = ActOf<"sendTo">["to"];

/** Attachments go as a document of their own, and are sent again as one. */
const attachments = "XBIN01";

/** The directory as if the receiver had those ways in alone that are meant. */
const onlyBy = (directory: DirectoryView, receiver: Organisation, { standard, transport }: SendTo) => {
  const channels = receiver.channels.filter(
    (channel) =>
      (standard === undefined || channel.standard === standard) &&
      (transport === undefined || channel.transport === transport),
  );
  const organisation: DirectoryView["organisation"] = (gln) =>
    gln === receiver.gln ? { ...receiver, channels } : directory.organisation(gln);
  return { ...directory, organisation };
};

/** A FHIR message names organisations by their SOR codes. */
const addressOf = (receiver: Organisation, isFhir: boolean) => {
  const party = receiverPartyOf(receiver);
  const { sor } = receiver.identifiers;
  return isFhir && sor !== undefined && sor.length <= 17
    ? { ...party, identifier: { code: "sorkode" as const, value: sor } }
    : party;
};

/** The same document, owed to another address: printed from the record that owed it first. */
const owedTo = (
  first: Owing,
  receiver: Organisation,
  {
    directory,
    recordNo,
    to,
    caseId,
  }: { directory: DirectoryView; recordNo: number; to: SendTo; caseId: string },
): Owed | undefined => {
  const { from, fact, documentType, deliveryId: of } = first.owed;
  const kind = first.record.written !== undefined && "kind" in first.record.written;
  const address = addressOf(receiver, kind);
  const record = readdressed(first, address);
  const telling = { tell: [{ to: receiver.gln, from, fact }], facts: record.facts, written: record.written };
  const owed = deliveriesOwed({ caseId, recordNo }, telling, onlyBy(directory, receiver, to)).find(
    (one) => (one.documentType === attachments) === (documentType === attachments),
  );
  if (owed === undefined) return undefined;
  const deliveryId = `${caseId}.${String(recordNo)}.0`;
  const named = { ...owed, deliveryId };
  const messageId = fhirMessageIdOf(record, named);
  return { ...named, again: { of, address, ...(messageId === undefined ? {} : { messageId }) } };
};

const isSameWay = (owed: Owed, first: Owed, to: string): boolean =>
  owed.to === to && owed.standard === first.standard && owed.transport === first.transport;

/**
 * A document that did not surely arrive, owed to another address, or by another way in, as a delivery of its own; the one before is
 * seen to by that. Its new receiver becomes party to the case: it holds a document of it.
 */
export const sendTo = (
  delivery: DeliveryState,
  act: ActOf<"sendTo">,
  { directory, today, common, caseId, now }: DecisionContext,
): Decided => {
  const { to, first } = act;
  const receiver = activeOrganisation(directory, to.gln, today);
  if (receiver === undefined)
    return refuse("receiver-unknown", "to.gln", "The directory has no such organisation today.");
  const recordNo = common.no + 1;
  const owed = first === undefined ? undefined : owedTo(first, receiver, { directory, recordNo, to, caseId });
  if (first === undefined || owed === undefined)
    return refuse("receiver-cannot-receive", "to", "It has no channel for this document.");
  if (isSameWay(owed, first.owed, delivery.to))
    return refuse("wrong-state", "to", "That is where it went: name another address, or another way in.");
  const { deliveryId } = delivery;
  const handled: DeliveryChange = {
    change: "handled",
    deliveryId,
    to: delivery.to,
    at: now,
    ...byWhom(act),
    as: owed.deliveryId,
  };
  const clock = common.clocks[receiptClockId(deliveryId)];
  const cancelled = clock === undefined ? undefined : cancelClock(clock, now, "sent-elsewhere");
  return {
    kind: "record",
    facts: [],
    tell: [],
    deliveries: [owed, handled],
    ...(common.parties.includes(receiver.gln) ? {} : { parties: [receiver.gln] }),
    ...(cancelled === undefined ? {} : { clocks: [cancelled] }),
    alarms: [{ change: "cleared", alarmId: deliveryAlarmOf(deliveryId) }],
  };
};
