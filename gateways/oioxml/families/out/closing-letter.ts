import { plainUuid } from "../../../../contracts/derived-ids.ts";
import type { FormattedText } from "../../../../contracts/formatted-text.ts";
import type { Reference } from "../../../../contracts/letter.ts";
import type { ClosingLetter } from "../../../../contracts/letters/closing-letter.ts";
import type { ReferralClosing } from "../../../../contracts/messages/referral-closing.ts";
import type { ReferralContent } from "../../../../contracts/messages/referral-content.ts";
import { headOf, type ToTell } from "../../../families/to-tell.ts";
import { callLine } from "../../../families/words/common.ts";
import { sections } from "../../../families/words/supplementary.ts";
import { lines, person, section } from "../../../families/words/words.ts";
import { letterPatientOf } from "./letter-patient.ts";
import { firstLetterId, isOfType, type Of, referralFactsOf, referralTold } from "./referral-facts.ts";

export type Closing = Of<"ReferralConcluded" | "ReferralConclusionCorrected" | "ReferralClosingAdded">;
type Type = "XDIS02" | "XDIS15" | "XDIS22";
type Texts = ClosingLetter["texts"];
type Days = Pick<ClosingLetter, "from" | "until">;

const versions = { XDIS02: "XD0234L", XDIS15: "XD1530L", XDIS22: "XD2230L" } as const;
const priorities = { akut: "akut", subakut: "subakut", rutine: "rutine" } as const;

/** The first and the last time that the citizen was seen, as far as the case knows. */
const daysOf = ({ closing }: Closing, { records, localTime }: ToTell): Days => {
  if (closing?.from !== undefined || closing?.until !== undefined)
    return { from: closing.from, until: closing.until };
  const facts = referralFactsOf(records);
  const seen = facts.filter(isOfType("PatientAttended", "VisitStarted"));
  const left = facts.filter(isOfType("PatientAttended", "VisitEnded"));
  const [first] = seen;
  const last = left.at(-1);
  return {
    ...(first === undefined ? {} : { from: localTime(first.at) }),
    ...(last === undefined ? {} : { until: localTime(last.at) }),
  };
};

const diagnosisLines = ({ diagnoses }: ReferralClosing): FormattedText =>
  lines(
    ...[diagnoses?.main, ...(diagnoses?.mainAdditional ?? []), ...(diagnoses?.other ?? [])].map((one) =>
      one === undefined ? undefined : `${one.code} ${one.text}`,
    ),
  );

/** A municipality's letter has no elements for these. */
const asText = (closing: ReferralClosing | undefined): (FormattedText | undefined)[] =>
  closing === undefined
    ? []
    : [
        section("Hastegrad for opfølgning", closing.actionPriority && priorities[closing.actionPriority]),
        section("Anbefaling", closing.recommendation),
        section("Diagnoser", diagnosisLines(closing)),
      ];

/** Municipalities sign with a name and a title, of which XDIS22 demands both; hospitals' letters name nobody. */
const municipalTexts = (fact: Closing, telling: ToTell): Texts => {
  const { text, signedBy, phoned, closing } = fact;
  const call = phoned === undefined ? undefined : callLine(phoned, telling);
  const signed =
    signedBy === undefined
      ? undefined
      : {
          date: telling.localTime(telling.record.meta.at).slice(0, 10),
          by: signedBy.name,
          title: signedBy.title ?? "_",
        };
  const whole = sections(...asText(closing), text, section("Telefonisk svar", call)) ?? text;
  return [{ text: whole, ...(signed === undefined ? {} : { signed }) }];
};

const hospitalTexts = (fact: Closing, telling: ToTell): Texts => {
  const { text, signedBy, phoned, closing } = fact;
  const call = phoned === undefined ? undefined : callLine(phoned, telling);
  const written = closing?.texts;
  // A letter's own blocks keep their signatures; the text of a typed note is one block.
  if (written !== undefined) return written.map(({ signed, text: block }) => ({ signed, text: block }));
  const signature = signedBy === undefined ? undefined : section("Underskrevet af", person(signedBy));
  const whole = sections(text, section("Telefonisk svar", call), signature) ?? text;
  const at = telling.localTime(telling.record.meta.at);
  return [{ signed: { at }, text: whole }];
};

const referencesOf = ({ attachments, closing }: Closing): Reference[] => {
  const brought = attachments.map(
    ({ description, objectId, code, extension, sizeBytes }): Reference => ({
      description,
      target: { kind: "bin", objectId, code, extension, sizeBytes },
    }),
  );
  return [...(closing?.references ?? []), ...brought].slice(0, 10);
};

type Refer = Pick<NonNullable<ClosingLetter["referral"]>, "refer" | "additional">;

/** What was referred for, where it has the code that closing letters demand. */
const referOf = ({ refer, referralAdditional }: ReferralContent, type: Type): Refer => ({
  ...(refer?.code === undefined
    ? {}
    : { refer: { code: refer.code, codeType: refer.codeType, text: refer.text } }),
  additional: referralAdditional
    .filter(({ code }) => code !== undefined)
    .map(({ description, code, codeType, text }) => ({
      ...(type === "XDIS15" ? { description: description ?? "tillaegsdiagnose" } : {}),
      code,
      codeType,
      text,
    })),
});

const answered = (telling: ToTell, type: Type): ClosingLetter["referral"] => {
  const { referral, receivedAt } = referralTold(telling);
  return {
    identifier: firstLetterId(telling) ?? plainUuid(telling.record.caseId),
    received: telling.localTime(receivedAt),
    ...referOf(referral, type),
  };
};

/** Whoever the referrer asked to get a copy. A copy's receiver has no telephone in a closing letter. */
const copyOf = ({ answerCopyTo }: ReferralContent): ClosingLetter["copyTo"] => {
  if (answerCopyTo === undefined) return undefined;
  const { phone: _phone, ...rest } = answerCopyTo;
  return rest;
};

type Outcome = Pick<ClosingLetter, "actionPriority" | "recommendation" | "diagnoses" | "patient" | "texts">;

const hospitalOutcome = (fact: Closing, referral: ReferralContent, telling: ToTell): Outcome => {
  const { actionPriority, recommendation, diagnoses, patientStatus } = fact.closing ?? {};
  const patient = letterPatientOf(referral);
  const episodeOfCareStatus = patientStatus ?? patient.episodeOfCareStatus;
  return {
    actionPriority,
    recommendation,
    diagnoses,
    patient: { ...patient, episodeOfCareStatus },
    texts: hospitalTexts(fact, telling),
  };
};

const municipalOutcome = (fact: Closing, referral: ReferralContent, telling: ToTell): Outcome => ({
  patient: { ...letterPatientOf(referral), episodeOfCareStatus: undefined },
  texts: municipalTexts(fact, telling),
});

const specialityOf = ({ closing }: Closing, { from }: ToTell["parties"]): string | undefined =>
  closing?.specialityName ?? from.department ?? from.organisation;

/** MedCom's closing letter of a conclusion that was typed, or that came in another letter than its receiver takes. */
export const composeClosing = (telling: ToTell, type: Type, fact: Closing): ClosingLetter => {
  const { contact, copyTo, relatives } = fact.closing ?? {};
  const { parties } = telling;
  const { referral } = referralTold(telling);
  const head = headOf(telling);
  const outcome = type === "XDIS02" ? hospitalOutcome : municipalOutcome;
  return {
    type,
    version: versions[type],
    ...head,
    status: fact.type === "ReferralConclusionCorrected" ? "corrected" : "new",
    episodeOfCareId: referral.episodeOfCareId ?? head.episodeOfCareId,
    sender: parties.from,
    ...(type === "XDIS15" ? { specialityName: specialityOf(fact, parties) } : {}),
    contact,
    receiver: parties.to,
    copyTo: copyTo ?? copyOf(referral),
    relatives: relatives ?? [],
    referral: answered(telling, type),
    ...daysOf(fact, telling),
    ...outcome(fact, referral, telling),
    references: referencesOf(fact),
  };
};
