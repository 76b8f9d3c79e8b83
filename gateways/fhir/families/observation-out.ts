import { identifierSystems } from "../../../contracts/codes/fhir-code.ts";
import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { shortId } from "../../../contracts/derived-ids.ts";
import type { HomeCareObservation } from "../../../contracts/fhir/home-care-observation.ts";
import type { FhirCorrespondent, FhirPatient, HistoryStep } from "../../../contracts/fhir/parts.ts";
import { isNationalReplacementCpr } from "../../../contracts/identifiers.ts";
import {
  type FactOf,
  isObservationFact,
  type ObservationFact,
} from "../../../contracts/messages/observation-facts.ts";
import type { Patient } from "../../../contracts/party.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { isFhirMessage } from "../../../contracts/written.ts";
import { correspondentOf } from "../bridge/stay-notice-party.ts";
import { commentOf } from "./observation-comment.ts";
import { type MeasuredFact, measurerOf, mediaIn, resultsOf } from "./observation-composed.ts";

type Owed = Extract<DeliveryChange, { change: "owed" }>;
type Retracted = FactOf<"MeasurementRetracted">;

/** What a delivery is written of: its case up to its own record, which tells everything, so that it is the same for ever. */
export interface ObservationToTell {
  readonly records: readonly CaseRecord[];
  readonly record: CaseRecord;
  readonly owed: Owed;
  /** A UUID of any name: the same name has the same for ever. */
  readonly uuidOf: (name: string) => string;
  /** A practice's ydernummer, which a requester must have and no party of a delivery tells. */
  readonly ydernummerOf: (gln: string) => string | undefined;
}

/** Municipal acute functions are the only producers that MedCom names. */
const producerId = "KAF";

const isMeasured = (fact: ObservationFact): fact is MeasuredFact =>
  fact.type === "Measured" || fact.type === "PartlyMeasured";

const factOf = ({ facts }: CaseRecord, { fact }: Owed): ObservationFact | undefined => {
  const told = facts[fact];
  return told !== undefined && isObservationFact(told) ? told : undefined;
};

const before = (records: readonly CaseRecord[], { meta }: CaseRecord): CaseRecord[] =>
  records.filter((one) => one.meta.no < meta.no);

const writtenIn = (record: CaseRecord): HomeCareObservation | undefined =>
  isFhirMessage(record.written) && record.written.kind === "HomeCareObservation" ? record.written : undefined;

const ownId = ({ uuidOf }: ObservationToTell, { deliveryId }: Owed): string =>
  uuidOf(`observation:${deliveryId}.message`);

interface ToldBefore {
  readonly record: CaseRecord;
  readonly owed: Owed;
  readonly fact: ObservationFact;
}

/** A measurement is told by itself, or with the question that it puts to a doctor. */
const isAbout = (fact: ObservationFact, no: number): boolean =>
  isMeasured(fact) ? fact.no === no : fact.type === "DoctorAsked" && fact.measurement === no;

/** The delivery that told the same receiver of a measurement. */
const deliveryOf = (tell: ObservationToTell, no: number): ToldBefore | undefined =>
  before(tell.records, tell.record)
    .flatMap((record) =>
      record.deliveries.flatMap((owed): ToldBefore[] => {
        if (owed.change !== "owed" || owed.to !== tell.owed.to || owed.documentType === "XBIN01") return [];
        const fact = factOf(record, owed);
        return fact !== undefined && isAbout(fact, no) ? [{ record, owed, fact }] : [];
      }),
    )
    .at(-1);

/** What the receiver was told before, and by which message or letter last. */
interface Course {
  readonly steps: readonly HistoryStep[];
  readonly last: HistoryStep["earlier"];
}

const untold: Course = { steps: [], last: undefined };

const endingIn = (steps: readonly HistoryStep[]): Course => {
  const messageId = steps.at(-1)?.messageId;
  return { steps, last: messageId === undefined ? undefined : { kind: "message", messageId } };
};

/** A measurement that was told in words is named by its letter's sender and number (guide to MedCom FHIR, G4). */
const byLetter = ({ deliveryId, parties, from }: Owed): Course => ({
  steps: [],
  last: { kind: "letter", value: `${parties?.from.gln ?? from}#${shortId(`letter:${deliveryId}`)}` },
});

/** What the receiver was told of a measurement: by the message as it was written, by the hub's own, or in words. */
const courseUpTo = (tell: ObservationToTell, no: number): Course => {
  const told = deliveryOf(tell, no);
  if (told === undefined || told.owed.standard === "json") return untold;
  const { record, owed, fact } = told;
  if (owed.standard === "oioxml") return byLetter(owed);
  const by = owed.parties && correspondentOf(owed.parties.from);
  if (by === undefined) return endingIn(writtenIn(record)?.history ?? []);
  return isMeasured(fact) ? endingIn(withStep(tell, fact, { owed, at: record.meta.at, by })) : untold;
};

interface Step {
  readonly owed: Owed;
  readonly at: string;
  readonly by: FhirCorrespondent;
}

/** The step that tells of a measurement or takes one back, after those that it follows. */
const withStep = (
  tell: ObservationToTell,
  fact: MeasuredFact | Retracted,
  { owed, at, by }: Step,
): HistoryStep[] => {
  const isRetraction = fact.type === "MeasurementRetracted";
  const follows = isRetraction ? fact.measurement : fact.replaces;
  const { steps, last } = follows === undefined ? untold : courseUpTo(tell, follows);
  const anew = last === undefined ? "new-message" : "modified-message";
  return [
    ...steps,
    {
      messageId: ownId(tell, owed),
      occurred: at,
      activity: isRetraction ? "retract-message" : anew,
      by: { ...by, producerId },
      ...(last === undefined ? {} : { earlier: last }),
      removes: isRetraction && last !== undefined,
      added: [],
    },
  ];
};

/** What stands for a name that nobody told. */
const unnamed = "_";

const citizenOf = ({ cpr, alternativeId, surname, givenName }: Patient): HomeCareObservation["patient"] => ({
  ...(cpr === undefined ? {} : { cpr }),
  ...(alternativeId === undefined ? {} : replacement(alternativeId)),
  ...(surname === unnamed ? {} : { surname }),
  givenNames: givenName === undefined ? [] : [givenName],
});

const replacement = (value: string): Pick<FhirPatient, "national" | "regional"> =>
  isNationalReplacementCpr(value)
    ? { national: value }
    : { regional: { system: identifierSystems.regional, value } };

/** The measurement that a fact is about: its own, or the one that is taken back. */
const measurementOf = (
  fact: ObservationFact | undefined,
  records: readonly CaseRecord[],
): { told: MeasuredFact | Retracted; measured: MeasuredFact } | undefined => {
  if (fact === undefined) return undefined;
  if (isMeasured(fact)) return { told: fact, measured: fact };
  if (fact.type !== "MeasurementRetracted") return undefined;
  const measured = records
    .flatMap(({ facts }) => facts.filter(isObservationFact).filter(isMeasured))
    .find(({ no }) => no === fact.measurement);
  return measured === undefined ? undefined : { told: fact, measured };
};

type Ends = Pick<HomeCareObservation, "sender" | "receiver">;

const endsOf = ({ owed, ydernummerOf }: ObservationToTell, { requester }: MeasuredFact): Ends | undefined => {
  const sender = owed.parties && correspondentOf(owed.parties.from);
  const receiver = owed.parties && correspondentOf(owed.parties.to);
  const ydernummer = ydernummerOf(owed.to);
  if (sender === undefined || receiver === undefined || ydernummer === undefined) return undefined;
  return {
    sender: { ...sender, producerId },
    receiver: { ...receiver, ydernummer, contactInitials: requester ?? null },
  };
};

const reportOf = (
  tell: ObservationToTell,
  measured: MeasuredFact,
  named: (name: string) => string,
): HomeCareObservation["report"] | undefined => {
  const performer = measurerOf(measured.performer);
  if (performer === undefined) return undefined;
  const conclusion = commentOf(measured);
  return {
    id: named("report"),
    issued: tell.record.meta.at,
    performer,
    ...(conclusion === undefined ? {} : { conclusion }),
    sharingRefused: measured.restricted === true,
  };
};

const composed = (tell: ObservationToTell): HomeCareObservation | undefined => {
  const { owed, record, records, uuidOf } = tell;
  const about = measurementOf(factOf(record, owed), [...before(records, record), record]);
  if (about === undefined) return undefined;
  const { told, measured } = about;
  const named = (name: string): string => uuidOf(`observation:${owed.deliveryId}.${name}`);
  const results = resultsOf(measured, named);
  const [ends, report] = [endsOf(tell, measured), reportOf(tell, measured, named)];
  if (ends === undefined || report === undefined || results.length === 0) return undefined;
  const history = withStep(tell, told, { owed, at: record.meta.at, by: ends.sender });
  return {
    kind: "HomeCareObservation",
    version: "1.1",
    bundleId: named("bundle"),
    created: record.meta.at,
    messageId: ownId(tell, owed),
    ...ends,
    history,
    patient: citizenOf(measured.patient),
    report,
    results,
    media: mediaIn(measured, named),
  };
};

/**
 * What a delivery of an episode says as HomeCareObservation: the message that was written to its receiver, or what the hub tells of a
 * measurement, of one that stands instead of another, or of one that was taken back. `undefined` where the fact has no such
 * form (a question to a doctor, a plan, a call), or lacks what MedCom requires: a measurer by role and telephone, SOR codes, a
 * ydernummer. Then it is told in words.
 */
export const observationMessageOf = (tell: ObservationToTell): HomeCareObservation | undefined =>
  tell.owed.parties === undefined ? writtenIn(tell.record) : composed(tell);
