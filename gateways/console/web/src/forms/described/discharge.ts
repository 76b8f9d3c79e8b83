import {
  files,
  lineAt,
  longAt,
  momentAt,
  note,
  nowAt,
  optional,
  personAt,
  phoneAt,
  reason,
  text,
  todayAt,
  yesAt,
} from "./fields.ts";
import { actionForm, both, type CommandForm, type CommandForms, type Field, option } from "./form.ts";
import { newSummaryId, summaryIn } from "./of-case.ts";
import { summaryFields } from "./summary.ts";

const at = (action: string, words: readonly [string, string], fields: readonly Field[]): CommandForm =>
  actionForm(`/v1/discharges/{caseId}/${action}`, words, fields);

const items = [
  option("treatment-plan", "Behandlingsplan", "Treatment plan"),
  option("medication", "Medicin medgivet", "Medicine sent along"),
  option("prescriptions", "Recepter", "Prescriptions"),
  option("rehabilitation-plan", "Genoptræningsplan", "Rehabilitation plan"),
  option("care-plan", "Plejeforløbsplan", "Care pathway plan"),
  option("summary", "Epikrise", "Summary"),
];

const stay: CommandForms = {
  "discharge.plan": at(
    "plan",
    ["Planlæg udskrivelse", "Plan the discharge"],
    [todayAt("date", "Forventet udskrivelse", "Expected discharge")],
  ),
  "discharge.assess": at(
    "assess",
    ["Vurdér udvidet behandlingsansvar", "Assess extended responsibility"],
    [
      yesAt("treatmentFinished", "Behandlingen er afsluttet", "Treatment is finished"),
      yesAt("municipalNursing", "Har eller får kommunal sygepleje", "Has or needs municipal nursing"),
      yesAt("municipalCare", "Har eller får kommunal pleje", "Has or needs municipal care"),
      yesAt("terminal", "Terminal", "Terminal"),
      yesAt("psychiatric", "Psykiatrisk afdeling", "Psychiatric ward"),
      optional(phoneAt("phone", "Afdelingens døgntelefon", "Number of the ward, day and night")),
    ],
  ),
  "discharge.tick": at(
    "checklist",
    ["Tjekliste", "Checklist"],
    [
      { kind: "choice", name: "item", label: both("Punkt", "Item"), options: items },
      {
        kind: "choice",
        name: "status",
        initial: "done",
        label: both("Status", "Status"),
        options: [
          option("done", "Udført", "Done"),
          option("needed", "Skal gøres", "Needed"),
          option("not-needed", "Ikke nødvendig", "Not needed"),
        ],
      },
      personAt("person", "Hvem", "Who"),
      note,
    ],
  ),
  "discharge.sendAdmissionReport": at(
    "admission-report",
    ["Indlæggelsesrapport", "Admission report"],
    [
      { ...text, label: both("Hvad afdelingen skal vide", "What the ward is to know") },
      personAt("contact.name", "Kontaktperson", "Contact"),
      phoneAt("contact.phone", "Telefon", "Phone"),
      files,
    ],
  ),
  "discharge.answerAdmission": at(
    "admission-answer",
    ["Indlæggelsessvar", "Admission answer"],
    [
      { ...personAt("contacts.0.names.0", "Kontaktperson", "Contact"), max: 35 },
      phoneAt("contacts.0.phone", "Telefon", "Phone"),
      optional(lineAt("contacts.0.hours", ["Træffetid", "Hours"], 35)),
    ],
  ),
  "discharge.sendCarePlan": at("care-plan", ["Plejeforløbsplan", "Care pathway plan"], [text, files]),
};

const summaries: CommandForms = {
  "discharge.sendSummary": {
    ...at("summary", ["Send epikrise", "Send the summary"], [...summaryFields, files]),
    fixed: newSummaryId,
  },
  "discharge.correctSummary": {
    ...at("summary-correction", ["Ret epikrisen", "Correct the summary"], [...summaryFields, files]),
    fixed: (seen) => ({ ...newSummaryId(seen), corrects: summaryIn(seen) }),
  },
  "discharge.cancelSummary": {
    ...at("summary-cancellation", ["Annullér epikrisen", "Cancel the summary"], [reason]),
    fixed: (seen) => ({ summaryId: summaryIn(seen) }),
  },
  "discharge.review": {
    ...at(
      "review",
      ["Epikrisen er gennemset", "The summary is read"],
      [
        personAt("reviewer", "Hvem har læst den", "Who read it"),
        {
          kind: "choice",
          name: "verdict",
          initial: "agrees",
          label: both("Anbefalingen", "The recommendation"),
          options: [option("agrees", "Enig", "Agrees"), option("disagrees", "Uenig", "Disagrees")],
        },
        {
          ...longAt("note", ["Hvorfor, og hvad I gør i stedet", "Why, and what you do instead"]),
          when: { field: "verdict", in: ["disagrees"] },
        },
      ],
    ),
    fixed: (seen) => ({ summaryId: summaryIn(seen) }),
  },
};

const afterwards: CommandForms = {
  "discharge.extendResponsibility": at(
    "responsibility-extension",
    ["Forlæng behandlingsansvaret", "Extend responsibility"],
    [momentAt("until", "Til", "Until"), reason],
  ),
  "discharge.suspendResponsibility": at(
    "emergency-call",
    ["112 er tilkaldt", "112 was called"],
    [nowAt("calledAt", "Hvornår", "When")],
  ),
  "discharge.resumeResponsibility": at(
    "emergency-call-end",
    ["112-udrykningen er slut", "The call-out has ended"],
    [nowAt("endedAt", "Hvornår", "When")],
  ),
  "discharge.askHomeVisit": {
    ...at(
      "home-visit",
      ["Bed om opfølgende hjemmebesøg", "Ask for a follow-up home visit"],
      [
        { ...longAt("reason", ["Hvorfor", "Why"]) },
        personAt("consent.notedBy", "Hvem har noteret borgerens samtykke", "Who noted the citizen's consent"),
      ],
    ),
    lead: both("Borgeren skal have sagt ja.", "The citizen must have agreed."),
    fixed: { "consent.given": true },
  },
  "discharge.bookHomeVisit": at(
    "home-visit-booking",
    ["Aftal hjemmebesøg", "Book the home visit"],
    [momentAt("startsAt", "Tidspunkt", "Time"), optional(personAt("visitor", "Hvem kommer", "Who comes"))],
  ),
  "discharge.holdHomeVisit": at(
    "home-visit-held",
    ["Hjemmebesøg afholdt", "Home visit held"],
    [
      nowAt("heldAt", "Hvornår", "When"),
      {
        kind: "choice",
        name: "place",
        initial: "home",
        label: both("Hvor", "Where"),
        options: [
          option("home", "I hjemmet", "At home"),
          option("practice", "I praksis", "At the practice"),
          option("video", "Video", "Video"),
        ],
      },
      longAt("note", ["Hvad blev aftalt", "What was agreed"]),
    ],
  ),
  "discharge.declineHomeVisit": at(
    "home-visit-declined",
    ["Hjemmebesøg afslået", "Home visit declined"],
    [
      {
        kind: "choice",
        name: "declinedBy",
        label: both("Hvem siger nej", "Who declines"),
        options: [
          option("citizen", "Borgeren", "The citizen"),
          option("practice", "Praksis", "The practice"),
          option("municipality", "Kommunen", "The municipality"),
          option("hospital", "Sygehuset", "The hospital"),
        ],
      },
      reason,
    ],
  ),
};

/** What may be done for a stay (contracts/messages/discharge*.ts). */
export const dischargeForms: CommandForms = { ...stay, ...summaries, ...afterwards };
