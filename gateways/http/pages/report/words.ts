import type { Words } from "../../../pages/words.ts";

/** What the report says, Danish first. */
export const words = {
  title: ["Svartider og overgange", "Answer times and hand-overs"],
  monthly: ["Månedsrapport", "Monthly report"],
  forAll: [
    "Alle parter i regionen. Til praksisplanudvalget og de parter, der har aftalerne.",
    "All parties of the region. For the practice-plan committee and the parties to the agreements.",
  ],
  forOne: [
    "Til praksisplanudvalget. Rapporten viser kun frister, som denne part er en del af:",
    "For the practice-plan committee. It shows only times that this party is part of:",
  ],
  asOf: ["Tallene er som de stod", "The figures are as they stood"],
  important: ["Det vigtigste", "The most important"],
  inTime: ["Svar til tiden", "Answers in time"],
  decidedOf: ["afgjorte frister", "times that were decided"],
  decidedWithout: [
    "afgjorte frister (uden systemkvitteringer)",
    "times that were decided (without receipts of systems)",
  ],
  comparedWith: ["procentpoint mod måneden før", "percentage points against the month before"],
  breaches: ["Overskredne frister", "Times that were missed"],
  stillOwed: ["heraf ubesvarede", "of which unanswered"],
  below: ["Aftaler under målet", "Agreements below target"],
  withTarget: ["aftaler med et mål", "agreements with a target"],
  paused: ["Tid på pause", "Time paused"],
  pausedOf: [
    "af al ventetid, fordi modparten skulle svare",
    "of all the waiting, since the other party was the one to answer",
  ],
  clocks: ["frister begyndt", "times begun"],
  lookAt: ["Her bør udvalget se på", "What the committee should look at"],
  nothingBelow: [
    "Ingen aftale med et mål lå under det, og ingen frist er overskredet oftere end i hver tiende sag.",
    "No agreement with a target was below it, and none was missed more often than in one case of ten.",
  ],
  byAgreement: ["Til tiden, aftale for aftale", "In time, agreement by agreement"],
  byAgreementChart: [
    "Andel af svar til tiden for hver aftale, med mål og måneden før",
    "Share of answers in time by agreement, with target and the month before",
  ],
  legendBar: ["månedens andel", "this month's share"],
  legendMissed: ["andel under målet", "share below the target"],
  legendTarget: ["mål", "target"],
  legendBefore: ["måneden før", "the month before"],
  legendMedian: ["median: halvdelen fik svar inden", "median: half were answered within"],
  legendP90: ["90-percentil: ni af ti fik svar inden", "90th percentile: nine of ten were answered within"],
  inTable: ["Tallene står også i en tabel i rapporten.", "The figures are in a table of the report too."],
  trend: ["Udvikling over 12 måneder", "12 months"],
  trendOf: ["Andel til tiden måned for måned", "Share in time by month"],
  lastYear: ["12 måneder", "12 months"],
  fromTo: ["0–100 %", "0–100%"],
  all: ["Alle aftaler", "All agreements"],
  howLong: ["Hvor længe tager et svar?", "How long does an answer take?"],
  timesTable: ["Tid til svar, åbne frister og pauser", "Time to an answer, what is open, and pauses"],
  howLongChart: [
    "Median og 90-percentil af tiden til svar for hver aftale; aksen er logaritmisk",
    "Median and 90th percentile of the time to an answer by agreement; the axis is logarithmic",
  ],
  agreement: ["Aftale", "Agreement"],
  decided: ["Afgjorte", "Decided"],
  share: ["Til tiden", "In time"],
  target: ["Mål", "Target"],
  before: ["Måneden før", "Month before"],
  change: ["Ændring", "Change"],
  late: ["For sent", "Late"],
  openLate: ["Ubesvaret", "Unanswered"],
  median: ["Median", "Median"],
  p90: ["90-pct.", "90th pct."],
  medianDays: ["Arb.dage, median", "Work. days, median"],
  p90Days: ["Arb.dage, 90-pct.", "Work. days, 90th pct."],
  longest: ["Længst åben", "Longest open"],
  pausedClocks: ["På pause", "Paused"],
  pausedShare: ["Tid på pause", "Time paused"],
  parties: ["Part for part", "Party by party"],
  partiesLead: [
    "Den, der skyldte svaret. En part kan være god til noget og sen til andet: se også aftalen.",
    "Who owed the answer. A party may be good at one thing and late with another: see the agreement too.",
  ],
  hospital: ["Hospitaler", "Hospitals"],
  municipality: ["Kommuner", "Municipalities"],
  organisation: ["Afdelinger, praksis og teams", "Departments, practices and teams"],
  speciality: ["Specialer", "Specialities"],
  party: ["Part", "Party"],
  specialityHead: ["Speciale", "Speciality"],
  none: ["uden", "none"],
  rowsOpen: ["Åbne nu", "Open"],
  why: ["Hvorfor blev fristen overskredet?", "Why were times missed?"],
  whyChart: ["Antal overskridelser efter årsag", "Times missed, by reason"],
  reason: ["Årsag", "Reason"],
  number: ["Antal", "Number"],
  shareOfBreaches: ["Andel", "Share"],
  noReasons: [
    "Årsagerne vises ikke: der er for få til, at de kan deles op, uden at enkelte sager kan kendes.",
    "The reasons are not shown: there are too few to split without telling of single cases.",
  ],
  families: ["Overgangene i egne tal", "The hand-overs in figures of their own"],
  figure: ["Tal", "Figure"],
  metOf: ["af", "of"],
  metCount: ["Antal", "Number"],
  tier: ["trin", "tier"],
  lowerIsBetter: ["lavere er bedre", "lower is better"],
  higherIsBetter: ["højere er bedre", "higher is better"],
  definitions: ["Sådan er der talt", "How it was counted"],
  sources: ["Aftalerne og hvor de står", "The agreements, and where they are written"],
  sourceHead: ["Kilde", "Source"],
  basisHead: ["Grundlag", "Basis"],
  sourced: ["læst i dokumentet", "read in the document"],
  default: ["forslag, skal aftales lokalt", "a proposal, to be agreed on locally"],
  version: ["version", "version"],
  hiddenCell: ["skjult", "hidden"],
  hiddenNote: [
    "«skjult»: færre end {fewest} sager, eller skjult så en sådan gruppe ikke kan regnes ud. «–»: intet at regne af.",
    "“hidden”: fewer than {fewest} cases, or hidden so that such a group cannot be worked out. “–”: nothing to work out from.",
  ],
  hiddenRows: ["{count} rækker er skjult.", "{count} rows are hidden."],
  noRows: ["Ingen frister her i måneden.", "No times here in the month."],
  emptyTitle: ["Der er intet at vise for måneden endnu", "There is nothing to show for the month yet"],
  page: ["Side", "Page"],
  pageOf: ["af", "of"],
} as const satisfies Readonly<Record<string, Words>>;

/** What would stand in a report of a month in which nothing was counted. */
export const emptyWords: readonly Words[] = [
  [
    "Ingen frist begyndte i måneden. Når parterne sender til hinanden, kommer her: andelen af svar til tiden for hver aftale mod dens mål,",
    "No time began in the month. Once the parties send to one another, here come: the share of answers in time of each agreement against its target,",
  ],
  [
    "udviklingen over 12 måneder, hvor længe svar tager, tal for hvert hospital, hver kommune og hver afdeling,",
    "12 months, how long answers take, figures for each hospital, municipality and department,",
  ],
  [
    "hvorfor frister blev overskredet, og overgangenes egne tal: henvisninger, udeblivelser, epikriser, hjemmebesøg, TOBS og subakutte tider.",
    "why times were missed, and the hand-overs' own figures: referrals, no-shows, summaries, home visits, TOBS and sub-acute times.",
  ],
];

/** How each number came about; the first is the name, the second says it. */
export const definitions: readonly (readonly [Words, Words])[] = [
  [
    ["Måned", "Month"],
    [
      "Den danske måned, hvor fristen begyndte. Åbne frister tælles, som de stod på opgørelsestidspunktet.",
      "The Danish month in which the time began. Open ones are counted as they stood when the report was made.",
    ],
  ],
  [
    ["Til tiden", "In time"],
    [
      "Besvaret senest ved fristen, af alle afgjorte: besvarede, og dem hvor fristen er passeret. Bortfaldne tæller ikke, hvis de bortfaldt i tide.",
      "Answered no later than the due time, of all that are decided: answered, and those past their due time. What was no longer owed does not count if it ended in time.",
    ],
  ],
  [
    ["Fristen", "The due time"],
    [
      "Regnes efter aftalens kalender (arbejdsdage uden helligdage, partens lukkedage og åbningstid, eller alle døgnets timer), og står i sagen fra begyndelsen.",
      "Counted by the calendar of the agreement (working days without public holidays, the party's closing days and opening hours, or every hour), and written in the case from the start.",
    ],
  ],
  [
    ["Pause", "Pause"],
    [
      "Når den, der venter på svar, selv er blevet spurgt, står uret stille. Pausen er ikke med i tiden til svar.",
      "When whoever waits has been asked something, the clock stands. The pause is no part of the time to an answer.",
    ],
  ],
  [
    ["Tid til svar", "Time to an answer"],
    [
      "Minutter efter væguret fra begyndelse til svar, uden pauser; nætter og weekender er med. Arbejdsdage er hele arbejdsdage efter begyndelsesdagen.",
      "Minutes by the clock on the wall from start to answer, without pauses; nights and weekends are in it. Working days are whole working days after the day of the start.",
    ],
  ],
  [
    ["Median og 90-percentil", "Median and 90th percentile"],
    [
      "Halvdelen, henholdsvis ni af ti, fik svar inden for dette. Regnet ud af hver enkelt sag, ikke af gennemsnit.",
      "Half, and nine of ten, were answered within this. Worked out of each case, not of averages.",
    ],
  ],
  [
    ["Små tal", "Small numbers"],
    [
      "Ingen andel af færre end {fewest} sager vises, og en gruppe mere skjules, hvis den lille ellers kunne regnes ud.",
      "No share of fewer than {fewest} cases is shown, and one more group is hidden where the small one could be worked out.",
    ],
  ],
];
