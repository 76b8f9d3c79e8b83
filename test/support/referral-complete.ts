import type { ReferralKind } from "../../contracts/messages/referral-content.ts";

export const call = {
  at: "2026-11-23T09:05:00.000Z",
  by: "Test Lægesen",
  number: "90000030",
  answeredBy: "Prøve Sygeplejersken",
} as const;

const patient = {
  cpr: "0107560106",
  surname: "Prøvesen",
  givenName: "Åse",
  telephones: [{ number: "20000001", code: "mobil" }],
} as const;
const common = {
  patient,
  referrer: { name: "Test Lægesen", phone: "90000001" },
  municipality: "0890",
  refer: { code: "DE050", codeType: "SKSdiagnosekode", text: "Thyreotoksikose" },
  priority: "elektiv",
  referralStatus: "ambulant",
  clinicalReason: "Udredning?",
  anamnesis: "Træt i tre måneder.",
  examination: "Upåfaldende.",
  actualMedicine: "Ingen.",
  cave: "Ingen.",
};
/** A referral of each kind that lacks nothing, as a caller writes it. */
export const complete: Record<ReferralKind, object> = {
  hospital: common,
  imaging: {
    ...common,
    imaging: {
      examination: "ct-abdomen",
      egfr: { value: ">90", measuredOn: "2026-11-20" },
      earlierTests: "UL uden fund.",
    },
  },
  psychiatry: {
    ...common,
    psychiatry: {
      somaticWorkUp: { status: "finished", result: "Normal." },
      symptoms: "Nedtrykt.",
      earlierIllness: "Ingen.",
      motivation: "God.",
      social: "Bor alene.",
      misuse: "Intet.",
    },
  },
  cancer: { ...common, cancer: { package: "lungekræft", suspicion: "Infiltrat." } },
  prevention: {
    ...common,
    prevention: {
      topic: "smoking",
      category: "sundhedspleje",
      consent: { by: "Borgeren", on: "2026-01-02" },
    },
  },
  "acute-team": {
    ...common,
    acuteTeam: { call, directNumber: "20109001", responsible: { name: "Test Lægesen" } },
  },
};
