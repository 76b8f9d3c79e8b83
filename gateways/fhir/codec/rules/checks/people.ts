import {
  authorisedRoles,
  misspeltRoles,
  practitionerRoles,
} from "../../../../../contracts/codes/fhir-practitioner-roles.ts";
import { elementsAt, textAt } from "../../model/navigate.ts";
import type { FhirElement, FhirResource } from "../../model/resource.ts";
import type { Rule } from "../rule.ts";
import { where } from "./find.ts";

/** A value, or an extension that says why there is none (R-Tek-B). */
const isTold = (element: FhirElement | undefined, name: string): boolean =>
  element !== undefined && (element[name] !== undefined || element[`_${name}`] !== undefined);

const isNamedInFull = (practitioner: FhirResource): boolean =>
  elementsAt(practitioner, "name").some((name) => isTold(name, "family") && isTold(name, "given"));

/** Either a code of a code system or words, never both and never neither (CC-7, medcom-core-practitionerrole-code-xor-text). */
const isEitherCodeOrText = (role: FhirResource): boolean =>
  elementsAt(role, "code").every((code) => {
    const coded = elementsAt(code, "coding").some(
      ({ system, code: value }) => system !== undefined && value !== undefined,
    );
    return coded !== (textAt(code, "text") !== undefined);
  });

const listed: ReadonlySet<string> = new Set(
  [...practitionerRoles.codes, ...authorisedRoles].map(({ system, code }) => `${system}|${code}`),
);

const codesOf = (role: FhirResource): readonly FhirElement[] =>
  elementsAt(role, "code").flatMap((code) => elementsAt(code, "coding"));

/** Rules of the people in a message (medcom-core; guide to MedCom FHIR, section 5). */
export const peopleRules: readonly Rule[] = [
  {
    id: "medcom-core-practitionerrole-code-xor-text",
    source: "medcom-core-practitionerrole-code-xor-text, medcom-careCommunication-7",
    severity: "error",
    code: "element-required",
    says: {
      en: "A role is a code or words, and not both.",
      da: "En stilling er en kode eller en tekst, og ikke begge dele.",
    },
    broken: (message) =>
      where(message, "PractitionerRole", { is: (one) => !isEitherCodeOrText(one), at: ".code" }),
  },
  {
    id: "role-unlisted",
    source: "medcom-core-PractitionerRoles (example binding)",
    severity: "warning",
    code: "code-unlisted",
    says: {
      en: "The role is not on MedCom's list; it is shown as it is written.",
      da: "Stillingen er ikke på MedComs liste; den vises, som den er skrevet.",
    },
    broken: (message) =>
      where(message, "PractitionerRole", {
        is: (role) =>
          codesOf(role).some(
            (one) => !listed.has(`${textAt(one, "system") ?? ""}|${textAt(one, "code") ?? ""}`),
          ),
        at: ".code.coding",
      }),
  },
  {
    id: "role-misspelt",
    source: "guide, section 5: old misspellings are on the list and accepted",
    severity: "warning",
    code: "identifier-unusual",
    says: {
      en: "The code of the role is an old misspelling; it is accepted.",
      da: "Stillingens kode er en gammel stavefejl; den er accepteret.",
    },
    broken: (message) =>
      where(message, "PractitionerRole", {
        is: (role) => codesOf(role).some((one) => misspeltRoles.has(textAt(one, "code") ?? "")),
        at: ".code.coding.code",
      }),
  },
  {
    id: "CC-4",
    source: "medcom-careCommunication-4 and -8: the words ask for both names, the expressions for a name",
    severity: "warning",
    code: "element-required",
    says: {
      en: "A person's given name or family name is missing.",
      da: "En persons fornavn eller efternavn mangler.",
    },
    broken: (message) =>
      message.kind === "CareCommunication"
        ? where(message, "Practitioner", { is: (one) => !isNamedInFull(one), at: ".name" })
        : [],
  },
];
