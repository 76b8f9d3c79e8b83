import type { FhirMessageKind } from "../../../../../contracts/fhir/fhir-message.ts";
import { textAt, textsAt } from "../../model/navigate.ts";
import type { Checked, Rule } from "../rule.ts";
import { unless } from "./find.ts";

const definitions = "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedCom";

/**
 * How MessageHeader.definition names the message. The published pattern has `|` where it means the character, so any URL with
 * the prefix passes; 5.0.4 writes `[|]`, which is what is asked here (medcom-carecommunication-definition-url,
 * medcom-hcobs-definition-url). `near`: published and drafted files that say the same in another way.
 */
const definitionOf: Readonly<Partial<Record<FhirMessageKind, { exact: RegExp; near: RegExp }>>> = {
  CareCommunication: {
    exact: new RegExp(`^${definitions}CareCommunicationMessageDefinition\\|5\\.[0-9]{1,2}$`),
    near: /^$/,
  },
  HomeCareObservation: {
    exact: new RegExp(`^${definitions}HomeCareObservationMessageDefinition\\|1\\.[0-9]{1,2}$`),
    // The drafts of the test scripts leave the version out; the invariant's own words have https and a hyphen.
    near: /^https?:\/\/medcomfhir\.dk\/ig\/messagedefinitions\/MessageDefinition[-/]MedComHomeCareObservationMessageDefinition(?:\|?1\.[0-9]{1,2})?$/,
  },
};

const isSaid = (message: Checked, as: "exact" | "near"): boolean => {
  const said = textAt(message.header, "definition");
  const forms = definitionOf[message.kind];
  if (said === undefined || forms === undefined) return true;
  return forms.exact.test(said) || (as === "near" && forms.near.test(said));
};

const place = (message: Checked): string => `${message.placeOf(message.header)}.definition`;

export const definitionRules: readonly Rule[] = [
  {
    id: "definition-url",
    source: "medcom-carecommunication-definition-url, medcom-hcobs-definition-url",
    severity: "error",
    code: "definition-form",
    says: {
      en: "The definition is the message's own MessageDefinition, | and the version.",
      da: "Definitionen er meddelelsens egen MessageDefinition, | og versionen.",
    },
    broken: (message) => unless(isSaid(message, "near"), place(message)),
  },
  {
    id: "definition-near",
    source: "HC0 of the test scripts of HomeCareObservation; guide, section 7",
    severity: "warning",
    code: "definition-form",
    says: {
      en: "The definition is not written as MedCom says; it is taken.",
      da: "Definitionen er ikke skrevet, som MedCom foreskriver; den er taget.",
    },
    broken: (message) => unless(isSaid(message, "exact") || !isSaid(message, "near"), place(message)),
  },
];

/** A profile may be named with its version behind: `…|5.0.1`. */
export const isOfProfile = (profiles: readonly string[], profile: string): boolean =>
  profiles.some((one) => one.split("|")[0] === profile);

export const profilesOf = (
  message: Checked,
  type: string,
): readonly { place: string; profiles: readonly string[] }[] =>
  message.ofType(type).map((resource) => ({
    place: `${message.placeOf(resource)}.meta.profile`,
    profiles: textsAt(resource, "meta.profile"),
  }));
