/** Questions that are asked again and again, by specialty: a place to begin. Proposed here, to be set locally. */
import { both } from "../../forms/described/form.ts";
import type { Both } from "../../words/both.ts";

export type Template = {
  id: string;
  /** MedCom MedicalSpecialityCode. */
  speciality: string;
  subject: Both<string>;
  question: Both<string>;
};

export const adviceTemplates: readonly Template[] = [
  {
    id: "diabetes",
    speciality: "med_endokrinologi",
    subject: both("Dysreguleret diabetes", "Diabetes out of control"),
    question: both(
      "HbA1c nu og tidligere:\nNuværende behandling:\nVægt/BMI:\neGFR:\nSpørgsmål: ",
      "HbA1c now and before:\nPresent treatment:\nWeight/BMI:\neGFR:\nQuestion: ",
    ),
  },
  {
    id: "thyroid",
    speciality: "med_endokrinologi",
    subject: both("Thyreoideatal", "Thyroid numbers"),
    question: both(
      "TSH, T3 og T4 med datoer:\nSymptomer:\nMedicin:\nSpørgsmål: ",
      "TSH, T3 and T4 with dates:\nSymptoms:\nMedicine:\nQuestion: ",
    ),
  },
  {
    id: "atrial-fibrillation",
    speciality: "kardiologi",
    subject: both("Atrieflimren", "Atrial fibrillation"),
    question: both(
      "Symptomer og varighed:\nPuls og blodtryk:\nEKG (vedhæft):\nAntikoagulation:\nSpørgsmål: ",
      "Symptoms and how long:\nPulse and blood pressure:\nECG (attach):\nAnticoagulation:\nQuestion: ",
    ),
  },
  {
    id: "heart-failure",
    speciality: "kardiologi",
    subject: both("Hjertesvigt, optitrering", "Heart failure, titration"),
    question: both(
      "NYHA-klasse:\nEkko (EF, dato):\nBlodtryk, puls, vægt:\nMedicin og doser:\nSpørgsmål: ",
      "NYHA class:\nEcho (EF, date):\nBlood pressure, pulse, weight:\nMedicine and doses:\nQuestion: ",
    ),
  },
  {
    id: "copd",
    speciality: "med_lungesygdomme",
    subject: both("KOL", "COPD"),
    question: both(
      "FEV1 og dato:\nEksacerbationer det sidste år:\nInhalationsmedicin:\nRygning:\nSpørgsmål: ",
      "FEV1 and date:\nExacerbations in the last year:\nInhaled medicine:\nSmoking:\nQuestion: ",
    ),
  },
  {
    id: "joints",
    speciality: "reumatologi",
    subject: both("Hævede led", "Swollen joints"),
    question: both(
      "Hvilke led, hvor længe:\nMorgenstivhed:\nCRP, IgM-RF, anti-CCP:\nSpørgsmål: ",
      "Which joints, how long:\nMorning stiffness:\nCRP, IgM-RF, anti-CCP:\nQuestion: ",
    ),
  },
  {
    id: "falls",
    speciality: "geriatri",
    subject: both("Faldtendens, polyfarmaci", "Falls, many medicines"),
    question: both(
      "Fald og omstændigheder:\nBlodtryk liggende og stående:\nMedicin:\nFunktionsniveau:\nSpørgsmål: ",
      "Falls and circumstances:\nBlood pressure lying and standing:\nMedicine:\nHow they manage:\nQuestion: ",
    ),
  },
];
