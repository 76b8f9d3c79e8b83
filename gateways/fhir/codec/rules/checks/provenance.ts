import { elementsAt, textAt } from "../../model/navigate.ts";
import type { FhirElement, FhirResource } from "../../model/resource.ts";
import { idIn } from "../../parts/open-message.ts";
import type { Checked, Rule } from "../rule.ts";
import { activityOf, oncePer, unless, where } from "./find.ts";

/** Entities that say which message went before; those with role `source` name payloads (CareCommunication). */
const previousIn = (provenance: FhirResource | undefined): readonly FhirElement[] =>
  elementsAt(provenance, "entity").filter(({ role }) => role !== "source");

/** Corrections and cancellations must say of what; replies and forwardings are to (guide, 3.1). */
const mustFollow = /^(?:revise|cancel)-/;
const shouldFollow = /^(?:(?:reply|forward|retract|modified)-message|acknowledgement)$/;

const follows = (message: Checked, activities: RegExp): readonly string[] => {
  const [own] = message.current;
  if (own === undefined || !activities.test(activityOf(message) ?? "")) return [];
  return unless(previousIn(own).length > 0, `${message.placeOf(own)}.entity`);
};

/**
 * Cancellation is `removal`, everything else that follows a message `revision` (guide, section 3). A retracted observation
 * stands as either in what is published (section 7), and a death is taken back with the activity of the state before it (4.1).
 */
const roleFits = (message: Checked, provenance: FhirResource): boolean => {
  const activity = textAt(provenance, "activity.coding.code") ?? "";
  const lives = message.ofType("Patient").some((patient) => patient["deceasedBoolean"] === false);
  if (activity === "retract-message" || lives) return true;
  const role = /^cancel-/.test(activity) ? "removal" : "revision";
  return previousIn(provenance).every((entity) => entity["role"] === role);
};

const roles: ReadonlySet<unknown> = new Set(["derivation", "revision", "quotation", "source", "removal"]);

/** Headers that a Provenance of the message tells of. */
const toldOf: (message: Checked) => ReadonlySet<string> = oncePer(
  (message) =>
    new Set(message.ofType("Provenance").map((one) => idIn(textAt(one, "target.reference") ?? ""))),
);

const lost = (message: Checked): readonly string[] => {
  const told = toldOf(message);
  return message.ofType("Provenance").flatMap((provenance) =>
    elementsAt(provenance, "entity").flatMap((entity, at) => {
      const reference = textAt(entity, "what.reference");
      if (reference === undefined || told.has(idIn(reference))) return [];
      return [`${message.placeOf(provenance)}.entity[${at}].what.reference`];
    }),
  );
};

const isLetterName = (entity: FhirElement): boolean => {
  const value = textAt(entity, "what.identifier.value");
  return value === undefined || /^\d{13}#\S+$/.test(value);
};

export const provenanceRules: readonly Rule[] = [
  {
    id: "G2",
    source: "medcom-messaging-2",
    severity: "error",
    code: "resource-required",
    says: { en: "A message has a Provenance.", da: "En meddelelse har en Provenance." },
    broken: (message) => unless(message.ofType("Provenance").length > 0, "Bundle.entry"),
  },
  {
    id: "G3",
    source: "MedCom governance 052.2; guide, section 3",
    severity: "error",
    code: "resource-required",
    says: {
      en: "Exactly one Provenance has this message's header as its target.",
      da: "Netop én Provenance har meddelelsens egen header som target.",
    },
    // Without any Provenance G2 says so.
    broken: (message) =>
      unless(message.current.length === 1 || message.ofType("Provenance").length === 0, "Bundle.entry"),
  },
  {
    id: "G4",
    source:
      "MedCom governance 052.2; published HomeCareObservations carry one Provenance alone (guide, section 7)",
    severity: "warning",
    code: "resource-required",
    says: {
      en: "The earlier message's Provenance is not carried along.",
      da: "Den tidligere meddelelses Provenance er ikke taget med.",
    },
    broken: lost,
  },
  {
    id: "G4-letter",
    source: "MedCom governance 052.2; swapped in CC_IG_7 (guide, section 13)",
    severity: "warning",
    code: "identifier-unusual",
    says: {
      en: "An earlier letter is named by its sender's GLN, # and the letter's id.",
      da: "Et tidligere brev nævnes med afsenderens lokationsnummer, # og brevets id.",
    },
    broken: (message) =>
      message.ofType("Provenance").flatMap((provenance) =>
        elementsAt(provenance, "entity").flatMap((entity, at) => {
          const named = entity["role"] === "source" || isLetterName(entity);
          return unless(named, `${message.placeOf(provenance)}.entity[${at}].what.identifier.value`);
        }),
      ),
  },
  {
    id: "G4-names",
    source: "guide, sections 3.1 and 4.1 (AN_*, RE_*)",
    severity: "error",
    code: "element-required",
    says: {
      en: "A correction or cancellation names the message that it corrects or cancels.",
      da: "En rettelse eller annullering nævner den meddelelse, den retter eller annullerer.",
    },
    broken: (message) => follows(message, mustFollow),
  },
  {
    id: "G4-follows",
    source: "guide, section 3.1; the profiles of CareCommunication and medcom-messaging allow none (0..1)",
    severity: "warning",
    code: "element-required",
    says: {
      en: "A reply, forwarding or acknowledgement is to name the message that it follows.",
      da: "Et svar, en videresendelse eller en kvittering skal nævne den meddelelse, den følger efter.",
    },
    broken: (message) => follows(message, shouldFollow),
  },
  {
    id: "G4-role",
    source: "guide, section 3",
    severity: "warning",
    code: "values-disagree",
    says: {
      en: "The role is removal for a cancellation, and revision otherwise.",
      da: "Rollen er removal for en annullering og ellers revision.",
    },
    broken: (message) =>
      where(message, "Provenance", { is: (one) => !roleFits(message, one), at: ".entity.role" }),
  },
  {
    id: "Provenance.entity.role",
    source: "FHIR R4, ProvenanceEntityRole",
    severity: "error",
    code: "code-unlisted",
    says: { en: "FHIR has no such role.", da: "FHIR har ingen sådan rolle." },
    broken: (message) =>
      where(message, "Provenance", {
        is: (one) => elementsAt(one, "entity").some(({ role }) => role !== undefined && !roles.has(role)),
        at: ".entity.role",
      }),
  },
];
