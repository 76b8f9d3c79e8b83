import { glnSystems, identifierSystems } from "../../../../../contracts/codes/fhir-code.ts";
import { elementsAt } from "../../model/navigate.ts";
import type { FhirResource, FhirValue } from "../../model/resource.ts";
import type { Checked, Rule } from "../rule.ts";
import { definitionRules } from "./definition.ts";
import { unless } from "./find.ts";
import { provenanceRules } from "./provenance.ts";
import { referenceRules } from "./references.ts";

/** dk-core writes a CVR number under an OID, MedCom under a URL (guide, section 2). */
const legal: ReadonlySet<FhirValue | undefined> = new Set([
  identifierSystems.sor,
  "https://kombit.dk/sts/organisation",
  "urn:oid:2.16.840.1.113883.2.24.1.1",
  "http://cvr.dk",
]);

const oldGlnSystems: ReadonlySet<FhirValue | undefined> = new Set(
  [...glnSystems].filter((system) => system !== identifierSystems.gln),
);

const systemsOf = (organisation: FhirResource): readonly (FhirValue | undefined)[] =>
  elementsAt(organisation, "identifier").map(({ system }) => system);

const oldGln = (message: Checked): readonly string[] =>
  message
    .ofType("Organization")
    .flatMap((organisation) =>
      systemsOf(organisation).flatMap((system, at) =>
        oldGlnSystems.has(system) ? [`${message.placeOf(organisation)}.identifier[${at}].system`] : [],
      ),
    );

/** Rules of every message (guide to MedCom FHIR, section 3). */
export const sharedRules: readonly Rule[] = [
  {
    id: "G1",
    source: "medcom-messaging-1",
    severity: "error",
    code: "resource-required",
    says: {
      en: "The first entry of a message is its MessageHeader.",
      da: "Den første entry i en meddelelse er dens MessageHeader.",
    },
    broken: ({ resources }) =>
      unless(resources[0]?.resourceType === "MessageHeader", "Bundle.entry[0].resource"),
  },
  {
    id: "G8",
    source: "MedCom governance; guide, section 3",
    severity: "error",
    code: "resource-repeated",
    says: { en: "A Bundle is one message.", da: "En Bundle er én meddelelse." },
    broken: (message) =>
      message
        .ofType("MessageHeader")
        .slice(1)
        .map((header) => message.placeOf(header)),
  },
  {
    id: "R-Tek-C",
    source: "receive protocol of CareCommunication, R-Tek-C",
    severity: "warning",
    code: "element-ignored",
    says: {
      en: "The resource is not part of this message and is not read.",
      da: "Ressourcen hører ikke til meddelelsen og bliver ikke læst.",
    },
    broken: (message) =>
      message.resources.filter(({ resourceType }) => !message.known.has(resourceType)).map(message.placeOf),
  },
  {
    id: "dk-core-organization-mandatory-identifier",
    source: "dk-core-organization-mandatory-identifier",
    severity: "error",
    code: "receiver-identifier-missing",
    says: {
      en: "An organisation has a SOR, KOMBIT or CVR identifier.",
      da: "En organisation har en SOR-, KOMBIT- eller CVR-identifikation.",
    },
    broken: (message) =>
      message
        .ofType("Organization")
        .filter((organisation) => !systemsOf(organisation).some((system) => legal.has(system)))
        .map((organisation) => `${message.placeOf(organisation)}.identifier`),
  },
  {
    id: "GLN-system",
    source: "dk-core 3.5, HospitalNotification until 2, the older maps; guide, section 2",
    severity: "warning",
    code: "identifier-unusual",
    says: {
      en: "A GLN is written under https://www.gs1.org/gln.",
      da: "Et lokationsnummer skrives under https://www.gs1.org/gln.",
    },
    broken: oldGln,
  },
  ...definitionRules,
  ...provenanceRules,
  ...referenceRules,
];
