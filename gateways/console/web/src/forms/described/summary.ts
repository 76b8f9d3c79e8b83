import { lineAt, longAt, momentAt, optional, personAt, phoneAt } from "./fields.ts";
import { both, type Field, option } from "./form.ts";

const marked = ["akut", "subakut", "rutine"] as const;

/** What a discharge summary holds, most important first (contracts/messages/discharge-summary.ts). */
export const summaryFields: readonly Field[] = [
  {
    kind: "choice",
    name: "actionPriority",
    isOptional: true,
    label: both("Skal praksis følge op?", "Is the practice to follow up?"),
    options: [
      option("akut", "Ja, akut", "Yes, at once"),
      option("subakut", "Ja, subakut", "Yes, soon"),
      option("rutine", "Ja, rutine", "Yes, in time"),
    ],
  },
  {
    ...longAt("recommendedAction", ["Hvad praksis anbefales at gøre", "What the practice is to do"]),
    when: { field: "actionPriority", in: marked },
  },
  longAt("resume", ["Resumé", "Summary"], 10_000),
  optional(longAt("patientInformation", ["Hvad patienten har fået at vide", "What the patient was told"])),
  optional(longAt("medicine", ["Ændringer i medicin", "Changes of medicine"])),
  optional(longAt("pending", ["Afventende svar og planlagt", "Awaited and planned"])),
  lineAt("unit", ["Afdeling", "Ward"]),
  {
    kind: "choice",
    name: "diagnoses.0.kind",
    label: both("Diagnose", "Diagnosis"),
    initial: "main",
    options: [option("main", "Aktionsdiagnose", "Main diagnosis")],
  },
  lineAt("diagnoses.0.text", ["Aktionsdiagnosen i ord", "The main diagnosis in words"], 350),
  optional(lineAt("diagnoses.0.code", ["Kode", "Code"], 17)),
  optional(lineAt("cave", ["CAVE", "CAVE"], 350)),
  personAt("dictatedBy", "Dikteret af", "Dictated by"),
  optional(lineAt("responsibleDoctor", ["Patientansvarlig læge", "Responsible doctor"])),
  {
    ...optional(
      momentAt(
        "extendedResponsibility.until",
        "Udvidet behandlingsansvar til",
        "Extended responsibility until",
      ),
    ),
    help: both("Kun når afdelingen beholder ansvaret.", "Only when the ward keeps the responsibility."),
  },
  optional(phoneAt("extendedResponsibility.phone", "Afdelingens telefon", "Number of the ward")),
];
