import { ReferralLetter } from "../../contracts/letters/referral-letter.ts";
import type { Party } from "../../contracts/party.ts";
import { partyOf, receiverPartyOf } from "../../services/case/directory-view.ts";
import { oio } from "./oioxml-region.ts";
import { organisation } from "./region-view.ts";

/** Letters between the organisations of the made-up region that speak nothing but OIOXML. */

export const from = (gln: string): Party => partyOf(organisation(gln));
export const to = (gln: string): Party => receiverPartyOf(organisation(gln));

export const patient = {
  cpr: "0107560106",
  surname: "Prøvesen",
  givenName: "Åse",
  street: "Havnegade 7",
  postCode: "9993",
  district: "Fjordby",
} as const;
export const head = { status: "new", authorised: "2026-11-23T10:10" } as const;
export const episode = "65528acda12c4d85b7016f4b12eec2bc";

const referral = {
  ...head,
  episodesOfCare: [],
  sender: from(oio.practice),
  referrer: {
    identifier: { code: "ydernummer", value: "991005" },
    name: "Test Lægesen",
    title: "Praktiserende læge",
  },
  patient: {
    ...patient,
    title: "Smed",
    telephones: [{ number: "20000001", code: "mobil" }],
    email: "aase@prove.example",
  },
  relatives: [
    { relation: "mor", identifier: "1111111111", surname: "Prøvesen", givenName: "Ida", telephones: [] },
  ],
  answerCopyTo: {
    identifier: { code: "ydernummer", value: "991001" },
    organisation: "Lægerne Torvet",
    department: "Læge",
    unit: "Ib Prøve",
    street: "Torvet 1",
    district: "Fjordby",
    postCode: "9993",
    phone: "90000001",
  },
  refer: { code: "DK409", codeType: "SKSdiagnosekode", text: "Lyskebrok" },
  referralAdditional: [
    { description: "tillaegsdiagnose", code: "DE669", codeType: "SKSdiagnosekode", text: "Fedme" },
  ],
  references: [{ description: "Billede af brok", target: { kind: "url", url: "https://prove.example/1" } }],
  visitation: [{ about: "egen_laege", text: ["Ønsker Sønderå."] }],
} as const;

const hospitalTexts = {
  priority: "elektiv",
  referralStatus: "ambulant",
  transport: "ingen",
  supplementary: ["Indkaldes fra sommerhus."],
  clinicalReason: ["Vurdering mhp. operation?"],
  cave: ["Penicillin"],
  anamnesis: ["Brok i et år,", { el: "Break" }, "nu smerter."],
  examination: ["Reponibelt brok."],
  actualMedicine: ["Tabl. Panodil 1 g."],
} as const;

/** A referral letter of each type that lacks nothing its element table has. */
export const xref01 = (change: object = {}): ReferralLetter =>
  ReferralLetter.parse({
    ...referral,
    ...hospitalTexts,
    type: "XREF01",
    version: "XH0130R",
    statisticalCode: "XREF01",
    letterId: "HENV000000001",
    episodeOfCareId: episode,
    receiver: to(oio.department),
    ...change,
  });
export const xref02 = (change: object = {}): ReferralLetter =>
  xref01({
    type: "XREF02",
    version: "XH0230R",
    statisticalCode: "XREF02",
    letterId: "HENV000000002",
    receiver: to("5790000211029"),
    firstDateOfPeriod: ["01.11.26"],
    ...change,
  });

const without = (...names: (keyof typeof hospitalTexts)[]): object =>
  Object.fromEntries(names.map((name) => [name, undefined]));
const noHospitalTexts = without(
  "priority",
  "referralStatus",
  "transport",
  "supplementary",
  "clinicalReason",
  "cave",
  "examination",
  "actualMedicine",
);
export const xref15 = (change: object = {}): ReferralLetter =>
  xref01({
    ...noHospitalTexts,
    type: "XREF15",
    version: "XH1531R",
    statisticalCode: "XREF15",
    letterId: "HENV000000015",
    receiver: { ...to(oio.prevention), department: "Forebyggelse" },
    refer: { code: "DZ720", codeType: "SKSdiagnosekode", text: "Tobaksforbrug" },
    category: "sundhedspleje",
    anamnesis: ["Ønsker rygestop."],
    ...change,
  });
export const xref22 = (change: object = {}): ReferralLetter =>
  xref01({
    ...noHospitalTexts,
    type: "XREF22",
    version: "XH2230R",
    statisticalCode: "XREF22",
    letterId: "HENV000000022",
    receiver: to(oio.acuteTeam),
    relatives: [
      {
        relation: "aegtefaelle",
        surname: "Prøvesen",
        givenName: "Ib",
        telephones: [{ number: "20000002", code: "mobil" }],
      },
    ],
    refer: { code: "DJ189", codeType: "SKSdiagnosekode", text: "Pneumoni" },
    anamnesis: ["Feber og hoste; IV-antibiotika i hjemmet?"],
    ...change,
  });
