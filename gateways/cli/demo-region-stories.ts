const hourMs = 3_600_000;

const gln = {
  practice: "5790000100019",
  otherPractice: "5790000100026",
  endocrinology: "5790000200016",
  cardiology: "5790000200023",
  lungs: "5790000200030",
  hospital: "5790000210015",
  visitation: "5790000211012",
  municipality: "5790000300013",
  healthCentre: "5790000311033",
  team: "5790000310012",
} as const;
const municipality = "0890";

type Patient = { cpr: string; surname: string; givenName: string };

/** Made-up citizens: a number that ends in 0000 was never given to anybody. */
const person = (born: string, givenName: string, surname: string): Patient => ({
  ...{ cpr: `${born}0000`, givenName, surname },
});
const people = {
  alma: person("120341", "Alma", "Prøvegård"),
  bent: person("040752", "Bent", "Eksempelsen"),
  clara: person("230860", "Clara", "Testrup"),
  david: person("301148", "David", "Mønsterby"),
  ester: person("150539", "Ester", "Skovprøve"),
  frode: person("070644", "Frode", "Attrapsen"),
  grethe: person("190255", "Grethe", "Eksempelbo"),
  hans: person("281250", "Hans", "Prøvehøj"),
  inga: person("030336", "Inga", "Testmark"),
  jens: person("110963", "Jens", "Fiktivsen"),
  karen: person("250158", "Karen", "Opdigt"),
  lars: person("140471", "Lars", "Prøvedal"),
} as const;

export type Act = { by: string; path: string; body: object };
/** What opens a case, and what is done to it afterwards; the address of a case is filled in. */
export type Story = { opens: Act; after?: readonly Act[] };
type Told = { chain: string; at: (offsetMs: number) => string };

const advice = (
  { chain }: Told,
  no: number,
  asked: { by?: string; to: string; patient: Patient; subject: string; question: string },
): Act => ({
  by: asked.by ?? gln.practice,
  path: "/v1/advice",
  body: {
    messageId: `${chain}-adv-${String(no)}`,
    to: { gln: asked.to },
    ...{ patient: asked.patient, subject: asked.subject, question: asked.question, mayConvert: true },
  },
});

const openQuestions = (told: Told): Story[] => [
  {
    opens: advice(told, 1, {
      to: gln.endocrinology,
      patient: people.alma,
      subject: "TSH falder trods uændret dosis",
      question: "TSH 0,1 på Eltroxin 100 µg. Vægttab 3 kg. Bør dosis sættes ned nu, eller skal hun ses?",
    }),
  },
  {
    opens: advice(told, 2, {
      to: gln.cardiology,
      patient: people.bent,
      subject: "Atrieflimren opdaget ved årskontrol",
      question:
        "Frekvens 96, ingen symptomer, CHA2DS2-VASc 3. AK-behandling herfra, eller vil I se ham først?",
    }),
  },
];

/** Asked back, and answered. */
const questionsUnderWay = (told: Told): Story[] => [
  {
    opens: advice(told, 3, {
      to: gln.endocrinology,
      patient: people.clara,
      subject: "HbA1c stiger på metformin",
      question: "HbA1c 68. eGFR 52. Hvad ville I lægge til?",
    }),
    after: [
      {
        by: gln.endocrinology,
        path: "/v1/cases/:id/request-information",
        body: { text: "Hvad er vægt og blodtryk, og er der kendt hjertesygdom?" },
      },
    ],
  },
  {
    opens: advice(told, 4, {
      to: gln.lungs,
      patient: people.david,
      subject: "KOL-forværring nummer tre i år",
      question: "FEV1 45 %. To kure prednisolon siden sommer. Indikation for triple-behandling?",
    }),
    after: [
      {
        by: gln.lungs,
        path: "/v1/cases/:id/answer",
        body: {
          text: "Ja, skift til kombinationsinhalator og kontrollér om tre måneder. Henvis ved næste forværring.",
          outcome: "advice",
          adviser: { name: "Overlæge Lis Lungmark" },
        },
      },
    ],
  },
];

const othersQuestions = (told: Told): Story[] => [
  {
    opens: advice(told, 5, {
      ...{ by: gln.otherPractice, to: gln.cardiology, patient: people.jens },
      subject: "Brystsmerter uden EKG-forandringer",
      question: "Atypiske smerter, normal troponin. CT-koronarangiografi eller arbejds-EKG?",
    }),
  },
];

const referral = (
  { chain }: Told,
  no: number,
  sent: { kind: string; patient: Patient } & Record<string, unknown>,
): Act => ({
  by: gln.practice,
  path: "/v1/referrals",
  body: {
    messageId: `${chain}-ref-${String(no)}`,
    municipality,
    referrer: { name: "Asta Åkjær", phone: "90000001" },
    refer: { codeType: "uspecificeretkode", text: "Se klinisk begrundelse" },
    ...sent,
  },
});

const referrals = (told: Told): Story[] => {
  const consent = { by: "Borgeren selv", on: told.at(0).slice(0, 10) };
  const reached = { telephones: [{ number: "20109099", code: "mobil" }] };
  return [
    {
      opens: referral(told, 1, {
        kind: "prevention",
        patient: { ...people.karen, ...reached },
        clinicalReason: "Ønsker hjælp til rygestop før operation.",
        anamnesis: "30 pakkeår. To tidligere forsøg.",
        prevention: { topic: "smoking", consent },
      }),
    },
    {
      opens: referral(told, 2, {
        kind: "prevention",
        patient: { ...people.lars, ...reached },
        clinicalReason: "Nyopdaget type 2-diabetes, ønsker kostvejledning.",
        anamnesis: "BMI 34. HbA1c 58.",
        prevention: { topic: "diabetes", consent },
      }),
      after: [{ by: gln.healthCentre, path: "/v1/referrals/:id/accept", body: {} }],
    },
  ];
};

type Values = { respiration: number; pulse: number; systolic: number; temperature: number };

const measured = (
  { chain, at }: Told,
  no: number,
  { patient, values, call }: { patient: Patient; values: Values; call?: boolean },
): Act => ({
  by: gln.team,
  path: "/v1/observations",
  body: {
    messageId: `${chain}-obs-${String(no)}`,
    ...{ patient, practice: gln.practice, municipalityCode: municipality },
    measurement: {
      values: {
        ...values,
        temperature: { value: values.temperature, site: "rectal" },
        consciousness: "habituel",
      },
      performer: { name: "Agnes Agerskov", title: "sygeplejerske" },
      ...(call === true
        ? {
            call: {
              ...{ caller: { name: "Agnes Agerskov" }, called: { name: "Lægen" } },
              ...{ number: "20109001", at: at(0), answeredBy: { name: "Asta Åkjær" } },
            },
          }
        : {}),
    },
  },
});

const observations = (told: Told): Story[] => [
  {
    opens: measured(told, 1, {
      patient: people.ester,
      values: { respiration: 24, pulse: 118, systolic: 98, temperature: 38.6 },
      call: true,
    }),
  },
  {
    opens: measured(told, 2, {
      patient: people.frode,
      values: { respiration: 21, pulse: 94, systolic: 122, temperature: 37.9 },
    }),
  },
  {
    opens: measured(told, 3, {
      patient: people.inga,
      values: { respiration: 16, pulse: 72, systolic: 138, temperature: 36.8 },
    }),
  },
];

const stay = (
  { chain, at }: Told,
  no: number,
  { patient, hours, event }: { patient: Patient; hours: number; event: "admitted" | "discharged" },
): Act => ({
  by: gln.hospital,
  path: "/v1/discharges/notifications",
  body: {
    messageId: `${chain}-stay-${String(no)}-${event}`,
    stayId: `${chain}-stay-${String(no)}`,
    ...{ patient, municipality: gln.municipality, practice: gln.practice, event },
    ...{ occurredAt: at(-hours * hourMs), department: gln.cardiology },
  },
});

/** One at home since this morning without a summary, which is late; one still in hospital. */
const stays = (told: Told): Story[] => [
  {
    opens: stay(told, 1, { patient: people.grethe, hours: 70, event: "admitted" }),
    after: [stay(told, 1, { patient: people.grethe, hours: 3, event: "discharged" })],
  },
  { opens: stay(told, 2, { patient: people.hans, hours: 20, event: "admitted" }) },
];

const slots = (told: Told): Story[] =>
  [3, 5, 26, 28, 50].map((hours, no) => ({
    opens: {
      by: gln.visitation,
      path: "/v1/slots",
      body: {
        messageId: `${told.chain}-slot-${String(no)}`,
        speciality: no % 2 === 0 ? "kardiologi" : "med_endokrinologi",
        start: told.at(hours * hourMs - (Date.parse(told.at(0)) % (hourMs / 2))),
        ...{ lengthMinutes: 30, places: 1 + (no % 2), place: "Ambulatorium 3, indgang 4" },
        unit: no % 2 === 0 ? gln.cardiology : gln.endocrinology,
      },
    },
  }));

/** What goes on in the region, all of it at once. */
export const stories = (told: Told): Story[] =>
  [openQuestions, questionsUnderWay, othersQuestions, referrals, observations, stays, slots].flatMap((of) =>
    of(told),
  );

/** When what they are sent is brought to them: nobody takes it. */
export const laterStories = (told: Told): Story[] => [
  {
    opens: advice(told, 6, {
      ...{ to: gln.lungs, patient: people.clara },
      subject: "Hoste gennem otte uger",
      question: "Normal røntgen. Ex-ryger. CT, eller kan vi se tiden an?",
    }),
  },
];
