import { lineAt, longAt, momentAt, note, nowAt, optional, personAt, phoneAt } from "./fields.ts";
import { actionForm, both, type CommandForm, type CommandForms, type Field, option } from "./form.ts";
import { measurementsIn } from "./of-case.ts";

const at = (action: string, words: readonly [string, string], fields: readonly Field[]): CommandForm =>
  actionForm(`/v1/observations/{caseId}/${action}`, words, fields);

const acute = { field: "plan.kind", in: ["acute-team"] };
const toAcute = <F extends Field>(field: F): F => ({ ...field, when: acute });

const plan: Field[] = [
  {
    kind: "choice",
    name: "plan.kind",
    label: both("Plan", "Plan"),
    initial: "advice",
    options: [
      option("advice", "Råd", "Advice"),
      option("visit", "Besøg", "Visit"),
      option("prescription", "Ordination (i FMK)", "Prescription (in FMK)"),
      option("admit", "Indlæggelse", "Admission"),
      option("acute-team", "Akutteam", "Acute team"),
    ],
  },
  longAt("plan.text", ["Planen i ord", "The plan in words"]),
  personAt("plan.author.name", "Læge", "Doctor"),
  optional(phoneAt("plan.author.phone", "Telefon", "Phone")),
  momentAt("plan.validUntil", "Planen gælder til", "The plan holds until"),
  {
    ...optional(momentAt("plan.visitBy", "Besøg senest", "Visit no later than")),
    when: { field: "plan.kind", in: ["visit"] },
  },
  {
    kind: "yes",
    name: "plan.inFmk",
    label: both("Ordineret i FMK", "Ordered in FMK"),
    when: { field: "plan.kind", in: ["prescription"] },
  },
  {
    ...optional(lineAt("plan.hospital", ["Sygehus", "Hospital"])),
    when: { field: "plan.kind", in: ["admit"] },
  },
  toAcute(phoneAt("plan.directNumber", "Bag-om-nummer", "Direct number")),
  toAcute(personAt("plan.responsible.name", "Behandlingsansvarlig", "Responsible for the treatment")),
  toAcute({
    kind: "choice",
    name: "plan.responsible.role",
    label: both("Som", "As"),
    initial: "doctor",
    options: [option("doctor", "Læge", "Doctor"), option("substitute", "Stedfortræder", "Substitute")],
  }),
  toAcute(momentAt("plan.responsible.until", "Ansvarlig til", "Responsible until")),
  toAcute(nowAt("call.at", "Akutteamet ringet op", "The acute team was phoned at")),
  toAcute(personAt("call.caller.name", "Hvem ringede", "Who phoned")),
  toAcute(lineAt("call.called.name", ["Hvem blev ringet op", "Who was called"])),
  toAcute(phoneAt("call.number", "Nummer, der blev ringet til", "Number that was called")),
  optional(toAcute(lineAt("call.answeredBy.name", ["Hvem tog telefonen", "Who answered"]))),
];

const call: Field[] = [
  nowAt("call.at", "Hvornår", "When"),
  personAt("call.caller.name", "Hvem ringede", "Who phoned"),
  lineAt("call.called.name", ["Til hvem", "To whom"]),
  phoneAt("call.number", "Nummer", "Number"),
  {
    ...optional(lineAt("call.answeredBy.name", ["Hvem tog telefonen", "Who answered"])),
    help: both("Tomt: ingen svarede.", "Empty: nobody answered."),
  },
  optional(longAt("call.note", ["Hvad blev sagt", "What was said"])),
];

const limits: Field[] = [
  {
    kind: "choice",
    name: "adjustment.limits.accepts.0.parameter",
    isOptional: true,
    label: both("Værdi, der er sædvanlig for borgeren", "Value that is usual for the citizen"),
    options: [
      option("respiration", "Respiration", "Respiration"),
      option("pulse", "Puls", "Pulse"),
      option("systolic", "Systolisk blodtryk", "Systolic blood pressure"),
      option("temperature", "Temperatur", "Temperature"),
    ],
  },
  ...(["min", "max"] as const).map(
    (end): Field => ({
      kind: "whole",
      name: `adjustment.limits.accepts.0.${end}`,
      min: 1,
      max: 400,
      isOptional: true,
      label: end === "min" ? both("Fra", "From") : both("Til", "To"),
      when: {
        field: "adjustment.limits.accepts.0.parameter",
        in: ["respiration", "pulse", "systolic", "temperature"],
      },
    }),
  ),
];

/** What may be done to an episode of observation (contracts/messages/observation.ts). Measuring has a page of its own. */
export const observationForms: CommandForms = {
  "observation.recordCall": at("calls", ["Notér opkald", "Record a call"], call),
  "observation.makePlan": at("plan", ["Læg en plan", "Make a plan"], plan),
  "observation.acknowledgePlan": at(
    "acknowledge-plan",
    ["Kvittér for planen", "Confirm the plan"],
    [
      personAt("by.name", "Hvem har læst den", "Who read it"),
      optional(longAt("readBack", ["Planen med egne ord", "The plan in your own words"])),
    ],
  ),
  "observation.order": at(
    "adjustment",
    ["Justér grænser", "Adjust limits"],
    [
      personAt("adjustment.author.name", "Læge", "Doctor"),
      longAt("adjustment.reason", ["Begrundelse", "Reason"]),
      ...limits,
      {
        kind: "whole",
        name: "adjustment.repeatMinutes",
        min: 5,
        max: 20_160,
        isOptional: true,
        label: both("Næste måling efter (minutter)", "Next measurement after (minutes)"),
      },
      momentAt("adjustment.validTo", "Gælder til", "Valid until"),
    ],
  ),
  "observation.declareTerminal": {
    ...at("terminal", ["Erklær terminal", "Declare terminal"], [personAt("by.name", "Hvem", "Who"), note]),
    lead: both(
      "Intet er derefter ventet; der måles ikke mere.",
      "Nothing is due any more; no more is measured.",
    ),
  },
  "observation.orderScoring": at(
    "order-scoring",
    ["Mål alligevel", "Measure all the same"],
    [personAt("by.name", "Læge", "Doctor"), longAt("reason", ["Begrundelse", "Reason"])],
  ),
  "observation.retract": at(
    "retract",
    ["Træk en måling tilbage", "Take a measurement back"],
    [
      {
        kind: "choice",
        name: "measurement",
        isCount: true,
        label: both("Måling", "Measurement"),
        options: measurementsIn,
      },
      longAt("reason", ["Hvad var forkert", "What was wrong"]),
    ],
  ),
  "observation.close": at(
    "close",
    ["Afslut forløbet", "Close the episode"],
    [
      {
        kind: "choice",
        name: "outcome",
        label: both("Udfald", "Outcome"),
        options: [
          option("recovered", "Rask igen", "Recovered"),
          option("admitted", "Indlagt", "Admitted"),
          option("handed-over", "Overdraget", "Handed over"),
          option("died", "Død", "Died"),
          option("other", "Andet", "Other"),
        ],
      },
      note,
    ],
  ),
};
