import { AppointmentLetter } from "../../contracts/letters/appointment-letter.ts";
import { ClosingLetter } from "../../contracts/letters/closing-letter.ts";
import { oio } from "./oioxml-region.ts";
import { episode, from, head, patient, to } from "./referral-letters.ts";

/** What answers the referrals of `referral-letters.ts`. */

const closing = {
  ...head,
  authorised: "2026-12-07T12:00",
  receiver: to(oio.practice),
  patient: { ...patient, occupation: "Smed" },
  relatives: [
    {
      relation: "mor",
      surname: "Prøvesen",
      givenName: "Ida",
      street: "Vej 1",
      postCode: "9993",
      telephones: [],
    },
  ],
  references: [],
} as const;

export const xdis02 = (change: object = {}): ClosingLetter =>
  ClosingLetter.parse({
    ...closing,
    type: "XDIS02",
    version: "XD0234L",
    statisticalCode: "XDIS02",
    letterId: "EPI0000000002",
    sender: from(oio.department),
    contact: {
      identifier: { code: "sygehusafdelingsnummer", value: "9902040" },
      organisation: "Sygehus Sønderå",
      department: "Kirurgisk Amb.",
    },
    copyTo: { identifier: { code: "ydernummer", value: "991001" }, organisation: "Lægerne Torvet" },
    patient: { ...closing.patient, episodeOfCareStatus: "ambulant" },
    referral: {
      identifier: "HENV000000001",
      received: "2026-11-23T10:15",
      refer: { code: "DK409", codeType: "SKSdiagnosekode", text: "Lyskebrok" },
      additional: [],
    },
    from: "2026-12-01T09:00",
    until: "2026-12-07T10:00",
    actionPriority: "subakut",
    recommendation: ["Fjern agrafferne om ti dage."],
    diagnoses: {
      main: { code: "DK409", text: "Lyskebrok" },
      mainAdditional: [{ code: "TUL1", text: "Højresidig" }],
      other: [
        {
          description: "operation",
          code: "KJAB30",
          codeType: "SKSdiagnosekode",
          text: "Plastik for lyskebrok",
          at: "2026-12-01T09:30",
        },
      ],
    },
    texts: [
      { signed: { at: "2026-12-01T11:00" }, text: ["Operation uden problemer."] },
      { text: ["Kontrol: heler pænt."] },
    ],
    ...change,
  });

export const xdis15 = (change: object = {}): ClosingLetter =>
  ClosingLetter.parse({
    ...closing,
    type: "XDIS15",
    version: "XD1531L",
    statisticalCode: "XDIS15",
    letterId: "EPI0000000015",
    episodeOfCareId: episode,
    sender: from(oio.prevention),
    specialityName: "Forebyggelse",
    receiver: { ...closing.receiver, department: "Lægehuset" },
    relatives: [],
    referral: {
      identifier: "HENV000000015",
      received: "2026-11-23T10:15",
      refer: { code: "DZ720", codeType: "SKSdiagnosekode", text: "Tobaksforbrug" },
      additional: [],
    },
    texts: [
      {
        category: "sundhedspleje",
        signed: { date: "2026-12-07", by: "Prøve Sygeplejersken", title: "Sygeplejerske" },
        text: ["Røgfri i fire uger."],
      },
    ],
    ...change,
  });

export const xdis22 = (change: object = {}): ClosingLetter =>
  ClosingLetter.parse({
    ...closing,
    type: "XDIS22",
    version: "XD2230L",
    statisticalCode: "XDIS22",
    letterId: "EPI0000000022",
    sender: from(oio.acuteTeam),
    relatives: [],
    referral: {
      identifier: "HENV000000022",
      received: "2026-11-23T10:15",
      refer: { code: "DJ189", codeType: "SKSdiagnosekode", text: "Pneumoni" },
      additional: [],
    },
    from: "2026-11-23T12:00",
    until: "2026-11-23T13:00",
    texts: [
      {
        signed: { date: "2026-11-23", by: "Prøve Sygeplejersken", title: "Akutsygeplejerske" },
        text: ["IV-behandling givet. TOBS 2."],
      },
    ],
    ...change,
  });

export const xdis13 = (change: object = {}): AppointmentLetter =>
  AppointmentLetter.parse({
    ...head,
    authorised: "2026-11-24T08:00",
    type: "XDIS13",
    version: "XD1333L",
    statisticalCode: "XDIS13",
    letterId: "BOOK000000013",
    sender: from(oio.department),
    contact: {
      identifier: { code: "sygehusafdelingsnummer", value: "9902040" },
      organisation: "Sygehus Sønderå",
      department: "Kirurgisk sekretariat",
    },
    receiver: to(oio.practice),
    patient: { ...closing.patient, episodeOfCareStatus: "ambulant" },
    referral: { identifier: "HENV000000001", received: "2026-11-23T10:15" },
    appointment: "2026-12-01T09:00",
    note: "Mød fastende, Kirurgisk Ambulatorium",
    ...change,
  });
