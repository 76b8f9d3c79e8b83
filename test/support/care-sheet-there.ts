import type { CareCommunication } from "../../contracts/fhir/care-communication.ts";
import type { Converting } from "../../gateways/fhir/bridge/converted.ts";
import { type MadeLetter, messageToLetters } from "../../gateways/fhir/bridge/to-letters.ts";
import {
  bytes,
  contact,
  episode,
  given,
  type Line,
  type Lines,
  lost,
  message,
  municipality,
  none,
  objectId,
  practice,
} from "./care-sheet.ts";
import { printOrder } from "./printing.ts";

const converting: Converting = { organisation: () => undefined };

const lettersOf = (told: CareCommunication): { made: readonly MadeLetter[]; codes: readonly string[] } => {
  const converted = messageToLetters(told, converting);
  if (!converted.ok) throw new Error(JSON.stringify(converted.problems));
  return { made: converted.made, codes: converted.losses.map(({ code }) => code) };
};
const printed = (made: MadeLetter | undefined): string => {
  if (made === undefined) throw new Error("no letter");
  const order =
    made.kind === "attachments"
      ? {
          told: {
            kind: "attachments" as const,
            letter: {
              ...made.letter,
              objects: made.letter.objects.map(({ digest: _, ...one }) => ({ ...one, bytes })),
            },
          },
          envelope: made.envelope,
        }
      : made.kind === "correspondence"
        ? { told: { kind: "correspondence" as const, letter: made.letter }, envelope: made.envelope }
        : undefined;
  if (order === undefined) throw new Error("a notice");
  return Buffer.from(printOrder(order).bytes).toString("latin1");
};
/** The content of an element by the path of its names, below Emessage. */
const cell = (xml: string, path: string): string | undefined => {
  const [name = "", ...rest] = path.split(".");
  const found = new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(xml)?.[1];
  return rest.length === 0 || found === undefined ? found : cell(found, rest.join("."));
};

export const there = lettersOf(message);
const letterXml = printed(there.made[0]);
const objectXml = printed(there.made[1]);
const letter = (path: string) => cell(letterXml, path);
const object = (path: string) => cell(objectXml, path);
/** The same in both documents. */
const both = (path: string, wanted: string): Line[] => [
  [letter(path), wanted],
  [object(path), wanted],
];
const text = letter("ClinicalInformation.Text01") ?? "";
const deadXml = printed(lettersOf({ ...message, patient: { ...message.patient, deceased: true } }).made[0]);
const { cpr: _cpr, ...withoutCpr } = message.patient;
const replacedXml = printed(lettersOf({ ...message, patient: withoutCpr }).made[0]);

/** Every line of the sheets from CareCommunication, in their order. */
export const careLines: Lines = [
  ["Date for Message sent", ...both("Envelope.Sent.Date", "2026-11-23")],
  ["Time for Message sent", ...both("Envelope.Sent.Time", "10:15")],
  ["Bundle type", none(given)],
  [
    "Message envelope id",
    [letter("Envelope.Identifier")?.length, 14],
    [object("Envelope.Identifier")?.length, 14],
    lost("message-ids"),
  ],
  ["Version code", [letter("Letter.VersionCode"), "XD9134L"], [object("Letter.VersionCode"), "XB0131X"]],
  [
    "Statistical code",
    [letter("Letter.StatisticalCode"), "XDIS91"],
    [object("Letter.StatisticalCode"), "XBIN01"],
  ],
  [
    "AcknowledgementCode",
    [letter("Envelope.AcknowledgementCode"), "pluspositivkvitt"],
    [object("Envelope.AcknowledgementCode"), "minuspositivkvitt"],
  ],
  [
    "Message letter id",
    [letter("Letter.Identifier")?.length, 14],
    [object("Letter.Identifier")?.length, 14],
    lost("message-ids"),
  ],
  ["Message type", [letter("Letter.TypeCode"), "XDIS91"], [object("Letter.TypeCode"), "XBIN01"]],
  ["Destination use", none(given)],
  ["Destination endpoint", none(given)],
  ["Sender endpoint", none(given)],
  ["Message definition", none(given)],
  ["Sender EAN", ...both("Sender.EANIdentifier", practice.gln)],
  ["Sender SOR", ...both("Sender.Identifier", practice.sor)],
  ["Sender organization name", ...both("Sender.OrganisationName", practice.name)],
  ["Sender id", ...both("Sender.Identifier", practice.sor)],
  ["Sender identifier type", ...both("Sender.IdentifierCode", "sorkode")],
  ["Receiver EAN", ...both("Receiver.EANIdentifier", municipality.gln)],
  ["Receiver SOR", ...both("Receiver.Identifier", municipality.sor)],
  ["Receiver organization name", ...both("Receiver.OrganisationName", municipality.name)],
  ["Receiver id", ...both("Receiver.Identifier", municipality.sor)],
  ["Receiver identifier type", ...both("Receiver.IdentifierCode", "sorkode")],
  ["Patient id", ...both("Patient.CivilRegistrationNumber", "0107560106")],
  [
    "Patient alternative id",
    [cell(replacedXml, "Patient.AlternativeIdentifier"), "0107561AB1"],
    [text.includes("CPR-numre indsat her: 0107561AB1"), true],
    lost("patient-numbers"),
  ],
  ["Patient family name", ...both("Patient.PersonSurnameName", "Prøvesen")],
  ["Patient name", ...both("Patient.PersonGivenName", "Karla")],
  ["Patient street name", [letter("Patient.StreetName"), "Prøvevej 1"]],
  ["Patient city name", [letter("Patient.DistrictName"), "Nordfjord"]],
  ["Patient post code", [letter("Patient.PostCodeIdentifier"), "9990"]],
  ["Deceased", [cell(deadXml, "Patient.EpisodeOfCareStatusCode"), "doed"]],
  ["Patient contact", lost("patient-telecom")],
  ["Patient contact", lost("patient-telecom")],
  ["Episode of care identifier", [letter("Letter.EpisodeOfCareIdentifier"), episode.replaceAll("-", "")]],
  ["Episode of care status", [letter("Patient.EpisodeOfCareStatusCode"), "indlagt"], lost("encounter")],
  ["Communication identifier", lost("thread-id")],
  ["Communication status", none("is unknown in each CareCommunication")],
  ["Category", [letter("AdditionalInformation.Subject"), "Vedr. henvisning, Røntgen"], lost("category-code")],
  ["Priority", [letter("AdditionalInformation.Priority"), "høj_prioritet"]],
  ["Subject", [letter("AdditionalInformation.Subject"), "Vedr. henvisning, Røntgen"]],
  ["Text", [text.startsWith("Linje et<Break/>linje to<Break/>"), true]],
  ["Authorisation date", ...both("Letter.Authorisation.Date", "2026-11-23")],
  ["Authorisation time", ...both("Letter.Authorisation.Time", "10:14")],
  ["Author role", [text.includes("<Break/>Stilling: Sygeplejerske"), true], lost("authors-in-words")],
  ["Author name", [text.includes("<Break/>Forfatter: Asta Prøve"), true], lost("authors-in-words")],
  ["Author contact", ...both("Sender.TelephoneSubscriberIdentifier", contact.value)],
  [
    "attachment id",
    [letter("Reference.BIN.ObjectIdentifier"), objectId.replaceAll("-", "")],
    [object("BinaryObject.ObjectIdentifier"), objectId],
  ],
  [
    "attachment code",
    [letter("Reference.RefDescription"), "Plan"],
    [object("BinaryObject.ObjectCode"), "vektor_grafik"],
  ],
  [
    "attachment extension code",
    [letter("Reference.BIN.ObjectCode"), "vektor_grafik"],
    [object("BinaryObject.ObjectExtensionCode"), "pdf"],
  ],
  [
    "attachment content",
    [
      object("BinaryObject.Object_Base64Encoded")?.replaceAll(/\s/g, ""),
      Buffer.from(bytes).toString("base64"),
    ],
  ],
  ["attachment date", lost("attachment-dates")],
  ["attachment author role", lost("attachment-dates")],
  ["attachment author name", lost("attachment-dates")],
  ["attachment author contact", lost("attachment-dates")],
  ["attachment creation date", lost("attachment-dates")],
  [
    "attachment size",
    [letter("Reference.BIN.OriginalObjectSize"), "321"],
    [object("BinaryObject.OriginalObjectSize"), "321"],
  ],
  ["URL id", lost("url-id")],
  ["URL code", [letterXml.includes("<RefDescription>Vejledning</RefDescription>"), true]],
  ["URL content", [letter("URL"), "https://example.org/vejledning.pdf"]],
  ["URL date", lost("attachment-dates")],
  ["URL author role", lost("attachment-dates")],
  ["URL author name", lost("attachment-dates")],
  ["URL author contact", lost("attachment-dates")],
  [
    "Specific sender",
    [text.includes("Specifik afsender: Asta Prøve, Sygeplejerske"), true],
    lost("specific-in-words"),
  ],
  ["Specific recipient", [text.includes("Specifik modtager: Akutteamet"), true], lost("specific-in-words")],
  ["Message sent dateTime", lost("history")],
  [
    "Message status/activity",
    ...both("Letter.StatusCode", "nytbrev"),
    [text.includes("Meddelelsen er et svar på en tidligere meddelelse."), true],
  ],
  ["Previous message", lost("history")],
  ["Identifier of previous message", lost("history")],
  ["Message definition", none(given)],
];
