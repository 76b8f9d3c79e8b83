import { z } from "zod";
import { FormattedText } from "../formatted-text.ts";
import { Reference } from "../letter.ts";
import { Party } from "../party.ts";
import { LocalDateTime } from "../time.ts";
import {
  Category,
  Diagnosis,
  DiagnosisCodeType,
  DiagnosisDescription,
  head,
  LetterPatient,
  NamedParty,
  Relative,
  text,
} from "./parts.ts";

const Coded = z.object({ code: text(17), text: text(70) });

/** Who signed a block of text, and when. Hospitals write a date and a time, municipalities a date, a name and a title. */
const Signed = z.object({
  at: LocalDateTime.optional(),
  date: z.iso.date().optional(),
  by: text(70).optional(),
  title: text(70).optional(),
});

/**
 * A letter that ends something, as MedCom's letters carry it: XDIS01 (discharge), XDIS02 (outpatient), XDIS03 (casualty
 * ward), XDIS15 (municipal prevention), XDIS22 (municipal acute team). What a type or version has no element for is absent.
 */
export const ClosingLetter = z
  .object({
    type: z.enum(["XDIS01", "XDIS02", "XDIS03", "XDIS15", "XDIS22"]),
    version: z.enum([
      "XD0133L",
      "XD0134L",
      "XD0233L",
      "XD0234L",
      "XD0333L",
      "XD0334L",
      "XD1530L",
      "XD1531L",
      "XD2230L",
    ]),
    ...head,
    sender: Party,
    /** The municipality's own word for what it is (XDIS15). */
    specialityName: text(35).optional(),
    contact: NamedParty.optional(),
    receiver: Party,
    copyTo: NamedParty.optional(),
    patient: LetterPatient,
    relatives: z.array(Relative).max(5),
    /** The referral that is answered. */
    referral: z
      .object({
        identifier: text(35).optional(),
        received: LocalDateTime.optional(),
        refer: Diagnosis.optional(),
        additional: z.array(Diagnosis).max(5),
      })
      .optional(),
    /** The stay, or the first and the last visit. */
    from: LocalDateTime.optional(),
    until: LocalDateTime.optional(),
    /** How soon the practice is to act (2018/08/06). */
    actionPriority: z.enum(["akut", "subakut", "rutine"]).optional(),
    recommendation: FormattedText.optional(),
    diagnoses: z
      .object({
        main: Coded.optional(),
        mainAdditional: z.array(Coded).max(5),
        other: z
          .array(
            z.object({
              description: DiagnosisDescription,
              code: text(17),
              codeType: DiagnosisCodeType,
              text: text(70),
              at: LocalDateTime.optional(),
            }),
          )
          .max(50),
      })
      .optional(),
    texts: z
      .array(z.object({ category: Category.optional(), signed: Signed.optional(), text: FormattedText }))
      .max(10),
    references: z.array(Reference).max(10),
  })
  .meta({ id: "ClosingLetter" });
export type ClosingLetter = z.infer<typeof ClosingLetter>;
