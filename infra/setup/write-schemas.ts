/** Writes `contracts/schema/`: every named contract as JSON Schema, for partners and for a test that they are fresh. */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import * as agreement from "../../contracts/agreement.ts";
import * as answers from "../../contracts/answers.ts";
import * as clockCalendar from "../../contracts/clock-calendar.ts";
import * as clockDefinition from "../../contracts/clock-definition.ts";
import * as clockEvents from "../../contracts/clock-events.ts";
import * as clocks from "../../contracts/clocks.ts";
import * as deliveries from "../../contracts/deliveries.ts";
import * as envelope from "../../contracts/envelope.ts";
import * as acknowledgement from "../../contracts/fhir/acknowledgement.ts";
import * as careCommunication from "../../contracts/fhir/care-communication.ts";
import * as homeCareObservation from "../../contracts/fhir/home-care-observation.ts";
import * as hospitalNotification from "../../contracts/fhir/hospital-notification.ts";
import * as fhirParts from "../../contracts/fhir/parts.ts";
import * as formattedText from "../../contracts/formatted-text.ts";
import * as letter from "../../contracts/letter.ts";
import * as appointmentLetter from "../../contracts/letters/appointment-letter.ts";
import * as closingLetter from "../../contracts/letters/closing-letter.ts";
import * as referralLetter from "../../contracts/letters/referral-letter.ts";
import * as stayNotice from "../../contracts/letters/stay-notice.ts";
import * as advice from "../../contracts/messages/advice.ts";
import * as agreementMessages from "../../contracts/messages/agreement.ts";
import * as alarm from "../../contracts/messages/alarm.ts";
import * as attachment from "../../contracts/messages/attachment.ts";
import * as audit from "../../contracts/messages/audit.ts";
import * as booking from "../../contracts/messages/booking.ts";
import * as bookingSlot from "../../contracts/messages/booking-slot.ts";
import * as caseList from "../../contracts/messages/case-list.ts";
import * as casePatients from "../../contracts/messages/case-patients.ts";
import * as deadLetters from "../../contracts/messages/dead-letters.ts";
import * as delivery from "../../contracts/messages/delivery.ts";
import * as desk from "../../contracts/messages/desk.ts";
import * as digest from "../../contracts/messages/digest.ts";
import * as directory from "../../contracts/messages/directory.ts";
import * as directoryQuery from "../../contracts/messages/directory-query.ts";
import * as discharge from "../../contracts/messages/discharge.ts";
import * as dischargeCare from "../../contracts/messages/discharge-care.ts";
import * as dischargeFacts from "../../contracts/messages/discharge-facts.ts";
import * as dischargeQuery from "../../contracts/messages/discharge-query.ts";
import * as dischargeStay from "../../contracts/messages/discharge-stay.ts";
import * as dischargeSummary from "../../contracts/messages/discharge-summary.ts";
import * as document from "../../contracts/messages/document.ts";
import * as emergency from "../../contracts/messages/emergency.ts";
import * as explainedClock from "../../contracts/messages/explained-clock.ts";
import * as hubRules from "../../contracts/messages/hub-rules.ts";
import * as indicators from "../../contracts/messages/indicators.ts";
import * as messageLog from "../../contracts/messages/message-log.ts";
import * as observation from "../../contracts/messages/observation.ts";
import * as observationFacts from "../../contracts/messages/observation-facts.ts";
import * as owed from "../../contracts/messages/owed.ts";
import * as partner from "../../contracts/messages/partner.ts";
import * as receivers from "../../contracts/messages/receivers.ts";
import * as referral from "../../contracts/messages/referral.ts";
import * as referralClosing from "../../contracts/messages/referral-closing.ts";
import * as referralCommands from "../../contracts/messages/referral-commands.ts";
import * as referralContent from "../../contracts/messages/referral-content.ts";
import * as referralLetters from "../../contracts/messages/referral-letters.ts";
import * as referralPatterns from "../../contracts/messages/referral-patterns.ts";
import * as session from "../../contracts/messages/session.ts";
import * as told from "../../contracts/messages/told.ts";
import * as whatIf from "../../contracts/messages/what-if.ts";
import * as worklist from "../../contracts/messages/worklist.ts";
import * as notices from "../../contracts/notices.ts";
import * as party from "../../contracts/party.ts";
import * as push from "../../contracts/push.ts";
import * as record from "../../contracts/record.ts";
import * as scoreScheme from "../../contracts/score-scheme.ts";
import { printJson } from "./print-json.ts";

const modules: readonly object[] = [
  agreement,
  agreementMessages,
  answers,
  clockCalendar,
  clockDefinition,
  clockEvents,
  clocks,
  explainedClock,
  deliveries,
  envelope,
  acknowledgement,
  careCommunication,
  homeCareObservation,
  hospitalNotification,
  fhirParts,
  formattedText,
  letter,
  appointmentLetter,
  closingLetter,
  referralLetter,
  stayNotice,
  advice,
  alarm,
  attachment,
  audit,
  caseList,
  casePatients,
  booking,
  bookingSlot,
  deadLetters,
  messageLog,
  delivery,
  desk,
  emergency,
  directory,
  directoryQuery,
  document,
  partner,
  push,
  receivers,
  session,
  told,
  referral,
  referralClosing,
  referralCommands,
  referralContent,
  referralLetters,
  referralPatterns,
  whatIf,
  indicators,
  worklist,
  owed,
  party,
  record,
  digest,
  notices,
  dischargeCare,
  dischargeFacts,
  dischargeQuery,
  dischargeStay,
  dischargeSummary,
  observation,
  observationFacts,
  scoreScheme,
  hubRules,
];

/** Every contract that has a name of its own (`.meta({ id })`), in the order of their names. */
export const namedContracts = (): ReadonlyMap<string, z.ZodType> => {
  const named = modules
    .flatMap((module): unknown[] => Object.values(module))
    .filter((value) => value instanceof z.ZodType)
    .map((schema) => [z.globalRegistry.get(schema)?.id, schema] as const)
    .flatMap(([id, schema]) => (id === undefined ? [] : [[id, schema] as const]));
  return new Map(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** What a caller writes; all else is what the hub writes. */
const writtenByCallers = new Set<unknown>([
  ...Object.values(advice.AdviceCommands),
  agreement.Agreement,
  agreement.AgreementEntry,
  agreement.AgreementSet,
  agreementMessages.NewAgreementVersion,
  whatIf.WhatIf,
  whatIf.WhatIfCalendars,
  ...Object.values(agreementMessages.AgreementCommands),
  explainedClock.ExplainClock,
  ...Object.values(attachment.AttachmentCommands),
  ...Object.values(booking.BookingCommands),
  ...Object.values(bookingSlot.BookingQueries),
  ...Object.values(delivery.DeliveryCommands),
  ...Object.values(deadLetters.DeadLetterCommands),
  deadLetters.SendTo,
  deadLetters.SendAgainBody,
  deadLetters.SendAgainMany,
  deadLetters.CloseBody,
  messageLog.MessageSearch,
  messageLog.DeadLetterSearch,
  messageLog.HopsQuery,
  ...Object.values(receivers.ReceiverCommands),
  receivers.PauseReason,
  ...Object.values(desk.DeskCommands),
  desk.DeskOrder,
  emergency.AskEmergency,
  audit.AuditSearch,
  audit.AskCitizenLooks,
  ...Object.values(directory.DirectoryCommands),
  ...Object.values(discharge.DischargeCommands),
  ...Object.values(dischargeQuery.DischargeQueries),
  ...Object.values(observation.ObservationCommands),
  scoreScheme.ScoreScheme,
  ...Object.values(referral.ReferralCommands),
  ...Object.values(referralPatterns.ReferralQueries),
  directory.DirectoryFile,
  directory.Organisation,
  directory.Registration,
  caseList.PatientQuery,
  casePatients.CasePatientsQuery,
  caseList.PatientCasesQuery,
  caseList.SearchQuery,
  directoryQuery.RegisteredGpQuery,
  envelope.Envelope,
  clockCalendar.ClockCalendar,
  clockCalendar.ClockCalendars,
  clockDefinition.ClockDefinition,
  clockEvents.ClockEvent,
  clockEvents.ClockEvents,
]);

/**
 * A later version may add a field to what the hub writes, and a reader must take it: so nothing is closed to more fields.
 */
const stayOpen = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
};

const schemaOf = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, {
    io: writtenByCallers.has(schema) ? "input" : "output",
    override: stayOpen,
  });

const fileNameOf = (id: string): string =>
  `${id.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()}.json`;

/** The files of `contracts/schema/`, by name. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map([...namedContracts()].map(([id, schema]) => [fileNameOf(id), `${printJson(schemaOf(schema))}\n`]));

const writeSchemas = async (folder: string): Promise<number> => {
  const files = schemaFiles();
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (!files.has(name)) await rm(`${folder}/${name}`);
  for (const [name, text] of files) await writeFile(`${folder}/${name}`, text);
  return files.size;
};

// The test imports this file to compare; only the script writes.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = await writeSchemas(fileURLToPath(new URL("../../contracts/schema", import.meta.url)));
  process.stdout.write(`${count} schemas written to contracts/schema\n`);
}
