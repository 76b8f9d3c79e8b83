import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { FactOf, ObservationFact } from "../../../contracts/messages/observation-facts.ts";
import type { Call, Isbar, Plan } from "../../../contracts/messages/observation-parts.ts";
import type { Score } from "../../../contracts/score-result.ts";
import type { ScoreScheme } from "../../../contracts/score-scheme.ts";
import { resultLines } from "./measured-results.ts";
import {
  bold,
  field,
  lines,
  person,
  type Saying,
  section,
  simple,
  timeInWords,
  type Words,
  type WordsOf,
} from "./words.ts";

const plans: Readonly<Record<Plan["kind"], string>> = {
  advice: "Råd",
  visit: "Sygebesøg",
  prescription: "Ordination i FMK",
  admit: "Indlæggelse",
  "acute-team": "Akutteam",
};
const outcomes: Readonly<Record<string, string>> = {
  recovered: "Borgeren er i bedring.",
  admitted: "Borgeren er indlagt.",
  "handed-over": "Borgeren er overdraget til andre.",
  died: "Borgeren er død.",
  other: "Forløbet er afsluttet af anden årsag.",
};
const dropped: Readonly<Record<string, string>> = {
  closed: "Praksis er lukket for i dag; en anden læge er spurgt.",
  moreUrgent: "Målingen er blevet mere alvorlig; spørgsmålet er stillet igen.",
  retracted: "Målingen var en fejl og er trukket tilbage.",
  terminal: "Borgeren er erklæret terminal.",
  ended: "Forløbet er afsluttet.",
};

const schemeFor = ({ scheme, version }: Score): ScoreScheme | undefined =>
  schemeOf(scoreSchemes, { id: scheme, version });

const parameterOf = (scheme: ScoreScheme | undefined, name: string) =>
  scheme?.parameters.find((one) => one.name === name);

const measuredValue = (scheme: ScoreScheme | undefined, part: Score["parts"][number]): string => {
  const parameter = parameterOf(scheme, part.parameter);
  if (parameter?.kind === "coded")
    return parameter.values.find(({ code }) => code === part.measured)?.title.da ?? part.measured;
  const unit = parameter?.kind === "measured" ? parameter.unit : undefined;
  return `${part.measured.replace(".", ",")}${unit === undefined ? "" : ` ${unit}`}`;
};

const width = 24;
/** Values as a small table that keeps its columns where text is shown in one width. */
const table = (score: Score, scheme: ScoreScheme | undefined): FormattedText => [
  {
    el: "FixedFont",
    runs: lines(
      ...score.parts.map((part) => {
        const title = parameterOf(scheme, part.parameter)?.title.da ?? part.parameter;
        return `${title.padEnd(width)}${measuredValue(scheme, part).padEnd(16)}${part.points} point`;
      }),
    ),
  },
];

const titleOf = (score: Score, scheme: ScoreScheme | undefined): string => {
  const name = scheme?.name ?? "Score";
  return score.total === undefined ? `${name}: ufuldstændig` : `${name} ${score.total}`;
};

/** Total, what it asks for, and what it is made of. */
const scoreLines = (score: Score, scheme: ScoreScheme | undefined): FormattedText => {
  const tier = scheme?.tiers.find(({ id }) => id === score.tier);
  const missing = score.missing.map((name) => parameterOf(scheme, name)?.title.da ?? name);
  const flags = score.flags.flatMap((id) => scheme?.rules.find((rule) => rule.id === id)?.title.da ?? []);
  return lines(
    bold(titleOf(score, scheme)),
    field("Niveau", tier?.title.da),
    field("Gentages", tier?.repeat.text.da),
    flags.length === 0 ? undefined : `Obs: ${flags.join("; ")}.`,
    missing.length === 0 ? undefined : `Mangler: ${missing.join(", ")}.`,
    score.adjusted === undefined ? undefined : "Vurderet efter lægens justering.",
    table(score, scheme),
  );
};

const background = (said: Isbar["background"]): FormattedText =>
  lines(
    field("Diagnoser", said?.diagnoses),
    field("Medicinændringer", said?.medicineChanges),
    field("Habituelle værdier", said?.habitualValues),
    field("CAVE", said?.cave),
  );

const analysis = (said: Isbar["analysis"]): FormattedText => {
  const { airway, breathing, circulation, disability, exposure } = said?.abcde ?? {};
  return lines(
    field("Luftvej", airway),
    field("Vejrtrækning", breathing),
    field("Kredsløb", circulation),
    field("Bevidsthed", disability),
    field("Øvrige fund", exposure),
    said?.assessment,
  );
};

/** ISBAR under its five letters (patientkommunikation.dk). */
const isbarLines = ({ identification, situation, request, ...isbar }: Isbar, saying: Saying): FormattedText =>
  lines(
    section(
      "I: Identifikation",
      `${person({ ...identification, phone: identification.callbackPhone })}, ${identification.unit}`,
    ),
    section("S: Situation", lines(situation.reason, field("Siden", situation.since))),
    section("B: Baggrund", background(isbar.background)),
    section("A: Analyse", analysis(isbar.analysis)),
    section(
      "R: Råd",
      lines(
        request.asks,
        field("Senest", request.by === undefined ? undefined : timeInWords(request.by, saying)),
        field("Svaret i telefonen", request.answer),
      ),
    ),
  );

const callLines = (call: Call, saying: Saying): string =>
  `${person(call.caller)} ringede ${timeInWords(call.at, saying)} til ${call.called.name} (${call.number}); ` +
  (call.answeredBy === undefined ? "ingen svarede." : `talt med ${person(call.answeredBy)}.`);

/** Nægtet samtykke: the receiver is to see it clearly, and not to pass it on (MedCom HomeCareObservation). */
const sharing = ({ restricted }: { restricted?: true | undefined }): FormattedText | undefined =>
  restricted === true ? bold("Borgeren har nægtet, at oplysningerne videregives til andre.") : undefined;

type MeasuredFact = FactOf<"Measured" | "PartlyMeasured">;

/** A message of other results alone is no score that somebody left unfinished. */
const isScored = ({ score, results }: MeasuredFact): boolean =>
  score.parts.length > 0 || results === undefined;

const whenMeasured = ({ measuredAt, performer, replaces }: MeasuredFact, saying: Saying): FormattedText =>
  lines(
    replaces === undefined ? undefined : `Erstatter måling nr. ${replaces}, som var en fejl.`,
    `Målt ${timeInWords(measuredAt, saying)}${performer === undefined ? "" : ` af ${person(performer)}`}.`,
  );

const measured = (fact: MeasuredFact, saying: Saying): Words => {
  const scheme = schemeFor(fact.score);
  return simple(
    isScored(fact) ? titleOf(fact.score, scheme) : "Målte værdier",
    sharing(fact),
    whenMeasured(fact, saying),
    field("Til", fact.requester),
    isScored(fact) ? scoreLines(fact.score, scheme) : undefined,
    resultLines(fact.results),
    field("Afsenderens egen score", fact.senderTotal),
    field("Bekymring", fact.concern?.text),
    fact.isbar === undefined ? undefined : isbarLines(fact.isbar, saying),
    fact.comment,
  );
};

const asked = (fact: FactOf<"DoctorAsked">, saying: Saying): Words => {
  const scheme = schemeFor(fact.score);
  return {
    subject: `${titleOf(fact.score, scheme)}: en plan ønskes`,
    urgent: fact.phoneFirst,
    text: lines(
      "Der ønskes en læges plan for borgeren.",
      sharing(fact),
      scoreLines(fact.score, scheme),
      fact.isbar === undefined ? undefined : isbarLines(fact.isbar, saying),
      fact.phoneFirst ? "Der ringes også." : undefined,
    ),
  };
};

/** What one kind of plan says besides its text. */
const planLines = (plan: Plan, saying: Saying): (string | undefined)[] => {
  switch (plan.kind) {
    case "advice":
      return [];
    case "visit":
      return [
        field("Besøg senest", plan.visitBy === undefined ? undefined : timeInWords(plan.visitBy, saying)),
      ];
    case "prescription":
      return [plan.inFmk ? "Ordinationen står i FMK." : "Ordinationen står endnu ikke i FMK."];
    case "admit":
      return [field("Hospital", plan.hospital)];
    case "acute-team": {
      const { responsible, directNumber } = plan;
      const until = timeInWords(responsible.until, saying);
      return [
        field("Direkte nummer", directNumber),
        field("Behandlingsansvarlig", `${person(responsible)}, til ${until}`),
      ];
    }
  }
};

const planned = ({ plan, call }: FactOf<"PlanMade">, saying: Saying): Words =>
  simple(
    `Lægens plan: ${plans[plan.kind]}`,
    plan.text,
    field("Læge", person(plan.author)),
    field("Gælder til", timeInWords(plan.validUntil, saying)),
    ...planLines(plan, saying),
    call === undefined ? undefined : callLines(call, saying),
    call?.note,
  );

/** What a fact of an observation is in plain Danish. */
const words: WordsOf<ObservationFact> = {
  AdjustmentOrdered: (fact, saying) =>
    simple(
      "Justeret scoring er ordineret",
      fact.adjustment.reason,
      field("Læge", person(fact.adjustment.author)),
      fact.adjustment.repeatMinutes === undefined
        ? undefined
        : `Måles igen hvert ${fact.adjustment.repeatMinutes}. minut.`,
      field("Gælder til", timeInWords(fact.adjustment.validTo, saying)),
    ),
  TerminalDeclared: (fact) =>
    simple("Borgeren er erklæret terminal", field("Læge", person(fact.person)), fact.note),
  ScoringOrdered: (fact) => simple("Scoring er ordineret", fact.reason, field("Læge", person(fact.person))),
  MeasurementRetracted: (fact) =>
    simple(
      "En måling er trukket tilbage",
      `Måling nr. ${fact.measurement} var en fejl.`,
      fact.reason,
      field("Målt af", fact.performer === undefined ? undefined : person(fact.performer)),
    ),
  EpisodeClosed: (fact) => simple("Observationsforløbet er afsluttet", outcomes[fact.outcome], fact.note),
  PlanAcknowledged: (fact) =>
    simple("Planen er set", field("Set af", person(fact.person)), field("Gentaget", fact.readBack)),
  RepeatOwed: (fact) => simple("En ny måling afventes", field("Måling nr.", fact.measurement + 1)),
  RepeatDropped: (fact) =>
    simple(
      "En måling afventes ikke længere",
      fact.reason === "adjusted" ? "Lægen har justeret scoringen." : "Målingen før den var en fejl.",
    ),
  EpisodeOpened: () => simple("Et observationsforløb er begyndt"),
  Measured: (fact, saying) => measured(fact, saying),
  PartlyMeasured: (fact, saying) => measured(fact, saying),
  DoctorAsked: (fact, saying) => asked(fact, saying),
  PlanMade: (fact, saying) => planned(fact, saying),
  QuestionDropped: (fact) => simple("Spørgsmålet er bortfaldet", dropped[fact.reason]),
  CallRecorded: (fact, saying) => simple("Der er ringet", callLines(fact.call, saying), fact.call.note),
};

const say = <Type extends ObservationFact["type"]>(fact: FactOf<Type>, saying: Saying): Words =>
  words[fact.type](fact, saying);

/** What a fact of a observation is in plain Danish. */
export const observationWords = (fact: ObservationFact, saying: Saying): Words => say(fact, saying);
