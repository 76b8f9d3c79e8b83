import { z } from "zod";
import { FormattedText } from "../formatted-text.ts";
import { IdentifierCode } from "../identifiers.ts";
import { EpisodeOfCareStatus, hasOnePatientId, onePatientId, Party, Patient, patientIds } from "../party.ts";
import { LocalDateTime } from "../time.ts";

/**
 * The parts that MedCom's clinical letters share (MedCom OIOXML LetterType.xsd, Sender.xsd, Patient.xsd, Relative.xsd,
 * Diagnose.xsd). Codes are MedCom's own words; what a version forbids its table refuses, so a list here holds the codes
 * of every version.
 */

/** A text of 1 to `max` characters, as the standard allows. */
export const text = (max: number): z.ZodString => z.string().min(1).max(max);

/** `corrected` (rettetbrev) comes in the place of an earlier letter of the same number. */
export const LetterStatus = z.enum(["new", "corrected"]);

/** Forløbs-ids: one in most versions; from 2017 on hospital referrals carry a list, each with its type. */
export const EpisodeOfCare = z.object({ type: text(17), id: text(35) });

export const head = {
  /** The sender's own number for the letter (BrevNr). */
  letterId: text(14),
  status: LetterStatus,
  /** When the clinician approved it, Danish local time. */
  authorised: LocalDateTime,
  statisticalCode: text(8),
  /** Forløbs-id as the sender wrote it; compared without hyphens and case. */
  episodeOfCareId: text(35).optional(),
};

/** An organisation that is named and not routed to: a copy's receiver, or the sender's contact. It has no GLN. */
export const NamedParty = Party.omit({ gln: true });
export type NamedParty = z.infer<typeof NamedParty>;

/** Who referred (MedCom OIOXML Referrer). */
export const Referrer = z.object({
  identifier: z.object({ code: IdentifierCode.optional(), value: text(17).optional() }).optional(),
  name: text(35),
  title: text(35).optional(),
});

/** MedCom OIOXML TelephoneSubscriber. */
export const Telephone = z.object({ number: text(25), code: z.enum(["mobil", "arbejde", "fastnet"]) });
const telephones = z.array(Telephone).max(3);

const address = {
  street: text(35).optional(),
  suburb: text(35).optional(),
  district: text(35).optional(),
  postCode: z.string().max(9).optional(),
};

/** The citizen of a referral, with what it takes to call them in. */
export const ReferredPatient = z
  .object({
    ...patientIds,
    surname: text(70),
    givenName: text(70).optional(),
    title: text(35).optional(),
    ...address,
    telephones,
    email: text(70).optional(),
  })
  .refine(hasOnePatientId, onePatientId);

/** The citizen of a letter; the closing letters of municipalities carry no status. */
export const LetterPatient = z
  .object({ ...Patient.shape, episodeOfCareStatus: EpisodeOfCareStatus.optional() })
  .refine(hasOnePatientId, onePatientId);

export const Relative = z.object({
  relation: z.enum([
    "uspec_paaroerende",
    "mor",
    "far",
    "barn",
    "soen",
    "datter",
    "samlevende",
    "aegtefaelle",
  ]),
  identifier: text(10).optional(),
  surname: text(70),
  givenName: text(70).optional(),
  ...address,
  telephones,
});

export const DiagnosisDescription = z.enum([
  "uspec_diagnose",
  "henv_diagnose",
  "henv_diagnose_ny_sygdom",
  "henv_diagnose_samme_sygdom",
  "bidiagnose",
  "tillaegsdiagnose",
  "aktionsdiagnose",
  "midlertidig_diagnose",
  "forloebsdiagnose",
  "operation",
  "roentgenundersoegelse",
  "speciallaegehenvisning",
  "fysioterapihenvisning",
  "psykologhenvisning",
  "fysioterapihenvisningspgruppe",
]);
export const DiagnosisCodeType = z.enum([
  "SKSdiagnosekode",
  "uspecificeretkode",
  "ICPCkode",
  "speciallaegehenvisning",
  "fysioterapihenvisning",
  "psykologhenvisning",
  "Fysioterapihenvisningsdiagnose",
  "Psykologhenvisningsdiagnose",
]);

/** What is referred for. `description` is in the version of 2017 and in additional diagnoses. */
export const Diagnosis = z.object({
  description: DiagnosisDescription.optional(),
  code: text(17).optional(),
  codeType: DiagnosisCodeType,
  text: text(70),
});

/** Notes of a visitation (HospitalVisitation, MunicipalityVisitation). */
export const VisitationNote = z.object({
  about: z.enum([
    "ustruktureret",
    "egen_laege",
    "henvisning_modtaget",
    "visitering",
    "indkaldt",
    "indlagt_paa",
    "udenamts_kaution",
  ]),
  text: FormattedText,
});
/** XREF15 and XDIS15 of 2020/05/06. */
export const Category = z.enum(["social", "aeldre_omsorg", "sundhedspleje"]);
