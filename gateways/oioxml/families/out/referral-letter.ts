import { shortId } from "../../../../contracts/derived-ids.ts";
import type { FormattedText } from "../../../../contracts/formatted-text.ts";
import type { Reference } from "../../../../contracts/letter.ts";
import type { ReferralLetter } from "../../../../contracts/letters/referral-letter.ts";
import type { ReferralContent } from "../../../../contracts/messages/referral-content.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { headOf, type ToTell } from "../../../families/to-tell.ts";
import {
  ofLaterVersions,
  ofOneText,
  relativesSection,
  sections,
  withoutElement,
} from "../../../families/words/supplementary.ts";
import { person, section } from "../../../families/words/words.ts";
import { withPassedNotes } from "./passed-notes.ts";
import { isReferralLetter, referralWritten, type WithContent } from "./referral-facts.ts";

type Type = ReferralLetter["type"];
type Relative = ReferralLetter["relatives"][number];

/** The version that each is written in: what everybody receives. */
const versions: Readonly<Record<Type, ReferralLetter["version"]>> = {
  XREF01: "XH0130R",
  XREF02: "XH0230R",
  XREF15: "XH1530R",
  XREF22: "XH2230R",
};

/** How many relatives a type has room for, the words it has for what they are, and whether it has their telephones. */
const rooms: Readonly<Record<Type, { most: number; has: readonly Relative["relation"][]; phones: boolean }>> =
  {
    XREF01: { most: 1, has: ["uspec_paaroerende", "mor", "far", "barn"], phones: false },
    XREF02: { most: 1, has: ["uspec_paaroerende", "mor", "far", "barn"], phones: false },
    XREF15: { most: 1, has: ["uspec_paaroerende", "mor", "far", "soen", "datter"], phones: false },
    XREF22: {
      most: 5,
      has: ["uspec_paaroerende", "mor", "far", "soen", "datter", "samlevende", "aegtefaelle"],
      phones: true,
    },
  };

const general = (
  relation: Relative["relation"],
  has: readonly Relative["relation"][],
): Relative["relation"] => {
  if (has.includes(relation)) return relation;
  const isChild = relation === "soen" || relation === "datter";
  return isChild && has.includes("barn") ? "barn" : "uspec_paaroerende";
};

const relativesOf = (relatives: ReferralContent["relatives"], type: Type): Relative[] => {
  const { most, has, phones } = rooms[type];
  return relatives.slice(0, most).map(({ relation, identifier, surname, givenName, telephones }) => ({
    relation: general(relation, has),
    identifier,
    surname,
    givenName,
    telephones: phones ? telephones : [],
  }));
};

/** Relatives of whom the type cannot carry all. */
const relativesLeft = (relatives: ReferralContent["relatives"], type: Type): ReferralContent["relatives"] => {
  const { most, has, phones } = rooms[type];
  return relatives.filter(
    ({ relation, telephones, street, suburb, district, postCode }, i) =>
      i >= most ||
      !has.includes(relation) ||
      (!phones && telephones.length > 0) ||
      [street, suburb, district, postCode].some((part) => part !== undefined),
  );
};

type Diagnosis = NonNullable<ReferralContent["refer"]>;
const spokenTypes = ["SKSdiagnosekode", "uspecificeretkode", "ICPCkode"] as const;
const codeTypeOf = ({ codeType }: Diagnosis): Diagnosis["codeType"] =>
  spokenTypes.find((spoken) => spoken === codeType) ?? "uspecificeretkode";

/** XREF22 cannot be without a coded diagnosis; `_` is what MedCom's senders write for what is not known. */
const unknown: Diagnosis = { code: "_", codeType: "uspecificeretkode", text: "Ikke angivet" };

const referOf = ({ refer }: ReferralContent, type: Type): Diagnosis | undefined => {
  if (refer === undefined) return type === "XREF22" ? unknown : undefined;
  const { code, text } = refer;
  const coded = code ?? (type === "XREF22" ? "_" : undefined);
  return { codeType: codeTypeOf(refer), text, ...(coded === undefined ? {} : { code: coded }) };
};

const additionalOf = ({ referralAdditional }: ReferralContent, type: Type): Diagnosis[] =>
  referralAdditional.map((one) => {
    const code = one.code ?? (type === "XREF22" ? "_" : undefined);
    return {
      description: one.description ?? "tillaegsdiagnose",
      codeType: codeTypeOf(one),
      text: one.text,
      ...(code === undefined ? {} : { code }),
    };
  });

const referencesOf = ({ referral, attachments }: WithContent): Reference[] => {
  const named = referral.references ?? [];
  const known = new Set(named.flatMap(({ target }) => (target.kind === "bin" ? [target.objectId] : [])));
  const brought = attachments
    .filter(({ objectId }) => !known.has(objectId))
    .map(
      ({ description, objectId, code, extension, sizeBytes }): Reference => ({
        description,
        target: { kind: "bin", objectId, code, extension, sizeBytes },
      }),
    );
  return [...named, ...brought].slice(0, 10);
};

const patientOf = ({ patient }: ReferralContent): ReferralLetter["patient"] => {
  const { occupation, episodeOfCareStatus: _status, title, ...rest } = patient;
  const told = title ?? occupation;
  return { ...rest, ...(told === undefined ? {} : { title: told }) };
};

const adviserOf = (fact: WithContent): string | undefined =>
  fact.type === "ReferralSent" && fact.adviser !== undefined ? person(fact.adviser) : undefined;

const titleAndOccupation = ({ patient: { title, occupation } }: ReferralContent): string | undefined =>
  title === undefined ? undefined : occupation;

/** What the type has no element for. */
const restOf = (fact: WithContent, type: Type, telling: ToTell): (FormattedText | undefined)[] => {
  const { referral } = fact;
  return [
    ...withoutElement(referral, telling),
    ...ofLaterVersions(referral),
    relativesSection(relativesLeft(referral.relatives, type)),
    section("Stilling", titleAndOccupation(referral)),
    section("Første dag i sidste menstruation", type === "XREF02" ? undefined : referral.firstDateOfPeriod),
    section("Rådgivet af", adviserOf(fact)),
  ];
};

type Texts = Pick<
  ReferralLetter,
  | "priority"
  | "referralStatus"
  | "transport"
  | "supplementary"
  | "clinicalReason"
  | "cave"
  | "anamnesis"
  | "examination"
  | "actualMedicine"
  | "firstDateOfPeriod"
>;

/** A municipality's letter has one text, so all is said there; what is most pressing stands first. */
const municipalTexts = (fact: WithContent, type: Type, telling: ToTell): Texts => ({
  anamnesis: sections(...ofOneText(fact.referral), ...restOf(fact, type, telling)) ?? ["_"],
});

const hospitalTexts = (fact: WithContent, type: Type, telling: ToTell): Texts => {
  const { referral } = fact;
  const { priority, referralStatus, transport, clinicalReason, cave } = referral;
  const { anamnesis, examination, actualMedicine, firstDateOfPeriod, supplementary } = referral;
  return {
    priority,
    referralStatus: referralStatus === "hjemmet" ? undefined : referralStatus,
    transport,
    clinicalReason,
    supplementary: sections(supplementary, ...restOf(fact, type, telling)),
    cave,
    anamnesis,
    examination,
    actualMedicine,
    ...(type === "XREF02" ? { firstDateOfPeriod } : {}),
  };
};

/** The whole referral, where nobody has written it as a letter. */
const fromContent = (fact: WithContent, type: Type, telling: ToTell): ReferralLetter => {
  const { referral } = fact;
  const { parties } = telling;
  const { identifier, name = "_", title, phone = parties.from.phone } = referral.referrer;
  const municipal = type === "XREF15" || type === "XREF22";
  const head = headOf(telling);
  const speciality = parties.from.speciality ?? (type === "XREF22" ? "ikkeklassificeret" : undefined);
  return {
    type,
    version: versions[type],
    ...head,
    episodeOfCareId: referral.episodeOfCareId ?? head.episodeOfCareId,
    episodesOfCare: [],
    sender: { ...parties.from, phone, speciality },
    referrer: { identifier, name, title },
    receiver: parties.to,
    answerCopyTo: referral.answerCopyTo,
    patient: patientOf(referral),
    relatives: relativesOf(referral.relatives, type),
    ...(municipal ? municipalTexts(fact, type, telling) : hospitalTexts(fact, type, telling)),
    refer: referOf(referral, type),
    referralAdditional: additionalOf(referral, type),
    references: referencesOf(fact),
    visitation: referral.visitation ?? [],
  };
};

/**
 * The letter that its sender wrote, to the unit that has it now. Its number is new, or a hospital with one system for all its
 * departments would take it for one that it has; its forløbs-id is the case where the sender gave none.
 */
const fromWritten = (written: ReferralLetter, fact: WithContent, telling: ToTell): ReferralLetter => {
  const { letterId, status, episodeOfCareId } = headOf(telling);
  return {
    ...written,
    letterId,
    status,
    receiver: telling.parties.to,
    episodeOfCareId:
      written.episodesOfCare.length > 0 ? undefined : (written.episodeOfCareId ?? episodeOfCareId),
    references: referencesOf({ ...fact, referral: { ...fact.referral, references: written.references } }),
  };
};

const owedTo = ({ deliveries }: CaseRecord, gln: string, type: Type): string | undefined =>
  deliveries.flatMap((d) =>
    d.change === "owed" && d.to === gln && d.documentType === type ? [d.deliveryId] : [],
  )[0];

/** The number of the letter that a receiver got before, in the place of which a correction comes. */
const numberOfEarlier = ({ records, parties, record }: ToTell, type: Type): string | undefined => {
  const { gln } = parties.to;
  const earlier = records.findLast(
    (one) => one.meta.no < record.meta.no && owedTo(one, gln, type) !== undefined,
  );
  if (earlier === undefined) return undefined;
  const { written } = earlier;
  if (isReferralLetter(written) && written.receiver.gln === gln) return written.letterId;
  const deliveryId = owedTo(earlier, gln, type);
  return deliveryId === undefined ? undefined : shortId(`letter:${deliveryId}`);
};

/** XREF22 is never corrected (MedCom EmergencyMunicipalityReferral.xsd): a new one is sent. */
const asCorrection = (letter: ReferralLetter, telling: ToTell): ReferralLetter => {
  const earlier = letter.type === "XREF22" ? undefined : numberOfEarlier(telling, letter.type);
  return earlier === undefined ? letter : { ...letter, letterId: earlier, status: "corrected" };
};

/** A referral as MedCom's letter to the unit that has it now: as its sender wrote it, or written here of what it says. */
export const composeReferralLetter = (telling: ToTell, type: Type, fact: WithContent): ReferralLetter => {
  const written = referralWritten(telling);
  const letter =
    written?.type === type ? fromWritten(written, fact, telling) : fromContent(fact, type, telling);
  const whole = { ...letter, visitation: withPassedNotes(letter.visitation, telling) };
  return fact.type === "ReferralCorrected" ? asCorrection(whole, telling) : whole;
};
