import { z } from "zod";
import { Problem } from "../problem.ts";
import { CaseRecord } from "../record.ts";
import { Instant } from "../time.ts";

/**
 * What became of one document in INTAKE: from the gateway of the standard to the transport whose caller waits.
 * `answer` is the standard's own receipt, when one is due.
 */
export const DocumentOutcome = z
  .object({
    intake: z.string(),
    status: z.enum(["accepted", "refused", "ignored", "failed"]),
    duplicate: z.boolean().default(false),
    /** The code of contracts/errors.ts for `refused` and `failed`. */
    code: z.string().optional(),
    caseId: z.string().optional(),
    due: Instant.optional(),
    documentType: z.string().optional(),
    problems: z.array(Problem).default([]),
    answer: z.object({ mediaType: z.string(), base64: z.string() }).optional(),
  })
  .meta({ id: "DocumentOutcome" });
export type DocumentOutcome = z.infer<typeof DocumentOutcome>;

/** Ask the gateway of a standard to print one delivery; everything it needs is in the record. */
export const PrintDelivery = z.object({ record: CaseRecord, deliveryId: z.string() });
export type PrintDelivery = z.infer<typeof PrintDelivery>;

/** The headers of a document in INTAKE. No personal data: ids and sizes only. */
export const intakeHeaders = {
  /** GLN that the transport authenticated. */
  sender: "Sb-Sender",
  /** GLNs the sender may speak for, itself included, separated by blanks. */
  speaksFor: "Sb-Speaks-For",
  transport: "Sb-Transport",
  mediaType: "Sb-Media-Type",
  /** The bus subject that waits for a DocumentOutcome. */
  answerTo: "Sb-Answer-To",
  receivedAt: "Sb-Received-At",
  /** Set when the bytes are in the object store under this digest, and the message body is empty. */
  object: "Sb-Object",
} as const;

/**
 * The standard that bytes seem to be, from the media type and their first characters; `undefined`: none that is spoken.
 * XML of no known namespace goes to `oioxml`, whose gateway can say in MedCom's words why it is refused.
 */
export const standardOf = (mediaType: string, head: string): "oioxml" | "fhir" | undefined => {
  const type = (mediaType.split(";")[0] ?? "").trim().toLowerCase();
  if (type === "application/fhir+xml" || type === "application/fhir+json") return "fhir";
  const xml = /^(application|text)\/xml$|\+xml$/.test(type);
  if (!xml) return undefined;
  return head.includes("http://hl7.org/fhir") ? "fhir" : "oioxml";
};
