import { z } from "zod";
import { FormattedText, TextInput } from "../formatted-text.ts";
import { MunicipalityCode } from "../identifiers.ts";
import { Reference } from "../letter.ts";
import {
  Diagnosis,
  EpisodeOfCare,
  Relative as LetterRelative,
  NamedParty,
  Referrer,
  Telephone,
  VisitationNote,
} from "../letters/parts.ts";
import { hasOnePatientId, onePatientId, Patient } from "../party.ts";
import { Instant } from "../time.ts";

const text = (max: number): z.ZodString => z.string().min(1).max(max);
const phone = z.string().min(3).max(25);

/**
 * What is referred to. `hospital`: examination or treatment (XREF01); `imaging`: direct radiology (XREF02); `psychiatry`;
 * `cancer`: suspicion in a package; `prevention`: an offer of the municipality (XREF15); `acute-team`: nursing now (XREF22).
 */
export const ReferralKind = z.enum([
  "hospital",
  "imaging",
  "psychiatry",
  "cancer",
  "prevention",
  "acute-team",
]);
export type ReferralKind = z.infer<typeof ReferralKind>;

/** Direct imaging that general practice may order (Praksisplan Midtjylland 5.5). */
export const ImagingExamination = z.enum(["ultrasound-abdomen", "ct-abdomen", "ct-thorax"]);

const telephones = z.array(Telephone).max(3).default([]);

/** The citizen as a referral names them: with what it takes to call them in (XREF01, Patient). */
export const ReferralPatient = z
  .object({
    ...Patient.shape,
    title: text(35).optional(),
    telephones,
    email: text(70).optional(),
  })
  .refine(hasOnePatientId, onePatientId)
  .meta({ id: "ReferralPatient" });
export type ReferralPatient = z.infer<typeof ReferralPatient>;

/** MedCom OIOXML Relative; the codes of every version that is spoken. */
const Relative = LetterRelative.extend({ telephones });

/** A telephone call that was made: when, by whom, to which number, and who took it. */
export const CallMade = z.object({
  at: Instant,
  by: text(70),
  number: phone,
  answeredBy: text(70),
});
export type CallMade = z.infer<typeof CallMade>;

/** Who answers for the treatment in the practice's place, and until when (Region H agreement of 1 February 2020). */
export const SubstituteDoctor = z.object({
  name: text(70).optional(),
  phone: phone.optional(),
  until: Instant.optional(),
});
export const ResponsibleDoctor = z.object({ name: text(70).optional(), title: text(35).optional() });

const Imaging = z.object({
  examination: ImagingExamination.optional(),
  /** Kidney function, mL/min/1.73 m². Text: a laboratory writes `>90`. */
  egfr: z.object({ value: text(10), measuredOn: z.iso.date() }).optional(),
});

/** Acute team: `sub-acute` is nursing the same or the next day. */
const AcuteTeam = z.object({
  urgency: z.enum(["acute", "sub-acute"]).default("acute"),
  /** The call that a written request follows up; its parts are demanded by rules, so that all that lacks is told at once. */
  call: CallMade.partial().optional(),
  /** The number behind the public one (bag-om-nummer). */
  directNumber: phone.optional(),
  responsible: ResponsibleDoctor.optional(),
  substitute: SubstituteDoctor.optional(),
  /** Requested under a framework delegation, e.g. by a care home. */
  frameworkDelegation: z.boolean().default(false),
});

/**
 * Consent to the municipality knowing: who gave it, and when. `given: false`: it was refused, so that nothing is sent that needs it (sundhedsloven § 41);
 * absent: given.
 */
const Consent = z.object({
  given: z.boolean().optional(),
  by: text(70).optional(),
  on: z.iso.date().optional(),
});

const Prevention = z.object({
  /** The directory's word for the offer, e.g. `smoking`. The municipality finds the right one in the clarifying talk. */
  topic: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .optional(),
  /** XREF15 of 2020/05/06, CategoryCode. */
  category: z.enum(["social", "aeldre_omsorg", "sundhedspleje"]).optional(),
  consent: Consent.optional(),
});

const psychiatryWith = <Text extends z.ZodType>(formatted: Text) =>
  z.object({
    somaticWorkUp: z
      .object({
        status: z.enum(["finished", "not-finished"]),
        result: formatted.optional(),
        /** Where the doctor answers questions while the work-up is not finished. */
        callBackNumber: phone.optional(),
      })
      .optional(),
    symptoms: formatted.optional(),
    earlierIllness: formatted.optional(),
    motivation: formatted.optional(),
    social: formatted.optional(),
    misuse: formatted.optional(),
    /** A child's parents, who has custody, and whether all of those accept. */
    parents: formatted.optional(),
  });

/** Who referred, and the number that reaches them (MedCom OIOXML Referrer; acute phone). */
const ReferredBy = z.object({
  identifier: Referrer.shape.identifier,
  name: text(35).optional(),
  title: text(35).optional(),
  phone: phone.optional(),
});

/** Everything but who receives it. What must be there is said by the rules of `codes/referral-rules`, never by the schema. */
const contentWith = <Text extends z.ZodType>(formatted: Text) =>
  z.object({
    patient: ReferralPatient,
    relatives: z.array(Relative).max(5).default([]),
    referrer: ReferredBy.default({}),
    /** Where the citizen lives: municipal offers and acute teams are found by it. */
    municipality: MunicipalityCode.optional(),
    episodeOfCareId: text(35).optional(),
    /** Where the sender's version has a list of them, each with its type (XH0131R). */
    episodesOfCare: z.array(EpisodeOfCare).optional(),
    priority: z.enum(["elektiv", "akut", "saerlige_forhold"]).optional(),
    referralStatus: z.enum(["ambulant", "indlaeggelse", "hjemmet"]).optional(),
    transport: z.enum(["ingen", "liggende", "siddende"]).optional(),
    /** Free choice of hospital (SKS ALDB). */
    hospitalChoice: z.enum(["ALDB00", "ALDB01", "ALDB02", "ALDB03"]).optional(),
    /** The diagnosis that is referred for, and up to five more. Its code is optional in XREF01 and mandatory in XREF22. */
    refer: Diagnosis.optional(),
    referralAdditional: z.array(Diagnosis).max(5).default([]),
    /** Who gets a copy of the answer (AnswerCCReceiver). */
    answerCopyTo: NamedParty.optional(),
    /** What the referral points to outside itself; attachments are joined to the case when they come. */
    references: z.array(Reference).max(10).optional(),
    /** Notes of a visitation that it passed before (HospitalVisitation, MunicipalityVisitation). */
    visitation: z.array(VisitationNote).max(9).optional(),
    /** What is asked, and why. */
    clinicalReason: formatted.optional(),
    supplementary: formatted.optional(),
    cave: formatted.optional(),
    anamnesis: formatted.optional(),
    examination: formatted.optional(),
    actualMedicine: formatted.optional(),
    /** First day of the last period (XREF02). */
    firstDateOfPeriod: formatted.optional(),
    /** MedCom has no field for the next four: a codec prints them as supplementary text. */
    results: formatted.optional(),
    comorbidity: formatted.optional(),
    interpreterLanguage: text(35).optional(),
    specialNeeds: text(350).optional(),
    imaging: Imaging.extend({ earlierTests: formatted.optional() }).optional(),
    psychiatry: psychiatryWith(formatted).optional(),
    cancer: z.object({ package: text(70).optional(), suspicion: formatted.optional() }).optional(),
    prevention: Prevention.optional(),
    acuteTeam: AcuteTeam.optional(),
  });

/** A referral as a caller writes it: a text may be a plain string. */
export const ReferralContentInput = contentWith(TextInput);
/** A referral as it is kept and told. */
export const ReferralContent = contentWith(FormattedText).meta({ id: "ReferralContent" });
export type ReferralContent = z.infer<typeof ReferralContent>;
