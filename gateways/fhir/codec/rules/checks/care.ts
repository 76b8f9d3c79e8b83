import { otherCategory, referralCategory } from "../../../../../contracts/codes/fhir-care-communication.ts";
import { structure } from "../../../../../contracts/codes/fhir-code.ts";
import { elementAt, elementsAt, extensionOf, textAt } from "../../model/navigate.ts";
import type { FhirElement, FhirResource } from "../../model/resource.ts";
import { targetOf } from "../../parts/open-message.ts";
import type { Checked, Rule } from "../rule.ts";
import { isOfProfile, profilesOf } from "./definition.ts";
import { firstOf, follow, unless, where } from "./find.ts";

const profile = (name: string): string => structure("carecommunication", name);
const senderExtension = structure("core", "medcom-core-sender-extension");

const categoryOf = (communication: FhirResource): string | undefined =>
  textAt(communication, "category.coding.code");

const hasName = (practitioner: FhirResource | undefined): boolean =>
  elementsAt(practitioner, "name").length > 0;

/** The organisations that a person or a team belongs to. */
const homesOf = (message: Checked, of: FhirResource): readonly (FhirResource | undefined)[] =>
  [...elementsAt(of, "managingOrganization"), ...elementsAt(of, "organization")].map((one) =>
    targetOf(message, of, one),
  );

/** CC-11 and CC-12: a specific sender or recipient belongs to the organisation of the header. Nobody specific: it holds. */
const belongs = (
  message: Checked,
  reference: FhirElement | undefined,
  organisation: FhirElement | undefined,
): boolean => {
  const communication = firstOf(message, "Communication");
  if (communication === undefined || reference === undefined) return true;
  const named = targetOf(message, communication, reference);
  const whole = targetOf(message, message.header, organisation);
  return named === undefined || whole === undefined || homesOf(message, named).includes(whole);
};

const misprofiled = (message: Checked, type: string, name: string): readonly string[] =>
  profilesOf(message, type)
    .filter(({ profiles }) => !isOfProfile(profiles, profile(name)))
    .map(({ place }) => place);

const communicationPlace = (message: Checked): string => {
  const communication = firstOf(message, "Communication");
  return communication === undefined ? "Bundle.entry" : message.placeOf(communication);
};

const encounterApart = (message: Checked): readonly string[] => {
  const encounter = firstOf(message, "Encounter");
  const communication = firstOf(message, "Communication");
  if (encounter === undefined || communication === undefined) return [];
  const pointed = follow(message, communication, (one) => elementAt(one, "encounter"));
  return unless(pointed === encounter, `${message.placeOf(communication)}.encounter`);
};

const strangeSender = (message: Checked): readonly string[] => {
  const extension = extensionOf(firstOf(message, "Communication"), senderExtension);
  const holds = belongs(message, elementAt(extension, "valueReference"), elementAt(message.header, "sender"));
  return unless(holds, `${communicationPlace(message)}.extension('${senderExtension}')`);
};

const strangeRecipient = (message: Checked): readonly string[] => {
  const recipient = elementAt(firstOf(message, "Communication"), "recipient");
  const holds = belongs(message, recipient, elementAt(message.header, "destination.receiver"));
  return unless(holds, `${communicationPlace(message)}.recipient`);
};

/** Rules of CareCommunication 5.0 (guide to MedCom FHIR, section 5). */
export const careRules: readonly Rule[] = [
  {
    id: "CC-1",
    source: "medcom-careCommunication-1",
    severity: "error",
    code: "value-fixed",
    says: {
      en: "The header's profile is that of CareCommunication.",
      da: "Headerens profil er CareCommunications.",
    },
    broken: (message) => misprofiled(message, "MessageHeader", "medcom-careCommunication-messageHeader"),
  },
  {
    id: "CC-2",
    source: "medcom-careCommunication-2",
    severity: "error",
    code: "resource-required",
    says: { en: "The message has exactly one Patient.", da: "Meddelelsen har netop én Patient." },
    broken: (message) => unless(message.ofType("Patient").length === 1, "Bundle.entry"),
  },
  {
    id: "CC-3",
    source: "medcom-careCommunication-3",
    severity: "error",
    code: "value-fixed",
    says: {
      en: "Every Provenance has the profile of CareCommunication.",
      da: "Hver Provenance har CareCommunications profil.",
    },
    broken: (message) => misprofiled(message, "Provenance", "medcom-careCommunication-provenance"),
  },
  {
    id: "CC-5",
    source: "medcom-careCommunication-5",
    severity: "error",
    code: "element-forbidden",
    says: {
      en: "Only a message about a referral may have a priority.",
      da: "Kun en meddelelse vedr. henvisning må have en prioritet.",
    },
    broken: (message) =>
      where(message, "Communication", {
        is: (one) => one["priority"] !== undefined && categoryOf(one) !== referralCategory,
        at: ".priority",
      }),
  },
  {
    id: "CC-6",
    source: "medcom-careCommunication-6",
    severity: "error",
    code: "element-required",
    says: {
      en: "A message of the category other has a topic.",
      da: "En meddelelse med kategorien Andet har et emne.",
    },
    broken: (message) =>
      where(message, "Communication", {
        is: (one) => categoryOf(one) === otherCategory && one["topic"] === undefined,
        at: ".topic.text",
      }),
  },
  {
    id: "CC-8",
    source: "medcom-careCommunication-4 and -8",
    severity: "error",
    code: "element-required",
    says: { en: "A person has a name.", da: "En person har et navn." },
    broken: (message) => where(message, "Practitioner", { is: (one) => !hasName(one), at: ".name" }),
  },
  {
    id: "CC-9",
    source: "medcom-careCommunication-9",
    severity: "error",
    code: "element-required",
    says: {
      en: "An Encounter tells which course it belongs to.",
      da: "En Encounter fortæller, hvilket forløb den hører til.",
    },
    broken: (message) =>
      where(message, "Encounter", {
        is: (one) => elementAt(one, "episodeOfCare.identifier") === undefined,
        at: ".episodeOfCare.identifier",
      }),
  },
  {
    // The published expression looks for an Encounter inside the Communication, where none can be.
    id: "CC-15",
    source: "medcom-careCommunication-15",
    severity: "error",
    code: "reference-missing",
    says: {
      en: "An Encounter of the message is what Communication.encounter points at.",
      da: "Meddelelsens Encounter er den, Communication.encounter henviser til.",
    },
    broken: encounterApart,
  },
  {
    id: "CC-11",
    source: "medcom-careCommunication-11",
    severity: "error",
    code: "values-disagree",
    says: {
      en: "The specific sender belongs to the organisation that sends.",
      da: "Den specifikke afsender hører til den organisation, der sender.",
    },
    broken: strangeSender,
  },
  {
    id: "CC-12",
    source: "medcom-careCommunication-12",
    severity: "error",
    code: "values-disagree",
    says: {
      en: "The specific recipient belongs to the organisation that receives.",
      da: "Den specifikke modtager hører til den organisation, der modtager.",
    },
    broken: strangeRecipient,
  },
  {
    // The published expression asks it of one role, not of all.
    id: "CC-13",
    source: "medcom-careCommunication-13",
    severity: "error",
    code: "reference-missing",
    says: {
      en: "Every PractitionerRole points at its Practitioner.",
      da: "Hver PractitionerRole henviser til sin Practitioner.",
    },
    broken: (message) =>
      where(message, "PractitionerRole", {
        is: (role) => textAt(role, "practitioner.reference") === undefined,
        at: ".practitioner.reference",
      }),
  },
  {
    id: "CC-communication",
    source: "guide, section 5: one focus",
    severity: "error",
    code: "resource-required",
    says: {
      en: "The message has exactly one Communication.",
      da: "Meddelelsen har netop én Communication.",
    },
    broken: (message) => unless(message.ofType("Communication").length === 1, "Bundle.entry"),
  },
];
