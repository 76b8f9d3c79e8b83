import { ClosingLetter } from "../../contracts/letters/closing-letter.ts";
import { AdmissionAnswer, StayNotice } from "../../contracts/letters/stay-notice.ts";
import type { Party } from "../../contracts/party.ts";
import { partyOf, receiverPartyOf } from "../../services/case/directory-view.ts";
import { oio } from "./oioxml-region.ts";
import { organisation } from "./region-view.ts";

/** Letters on a stay, between the organisations of the made-up region that speak nothing but OIOXML. */

const cpr = "0107560106";
const named = ({ gln, identifier, organisation = "_", department, phone }: Party): Party => ({
  gln,
  identifier,
  organisation,
  ...(department === undefined ? {} : { department }),
  ...(phone === undefined ? {} : { phone }),
});
const ward = (gln: string = oio.department): Party => named(partyOf(organisation(gln)));
const short = (gln: string): Party => {
  const { identifier, organisation: name } = receiverPartyOf(organisation(gln));
  return { gln, identifier, ...(name === undefined ? {} : { organisation: name }) };
};

const notice = {
  status: "new",
  authorised: "2026-11-20T09:31:00",
  notificationId: "65528acda12c4d85b7016f4b12eec2bc",
  sender: ward(),
  answerTo: oio.department,
  receiver: short(oio.municipality),
} as const;

/** Admitted on Friday morning. */
export const xdis20 = (change: object = {}): StayNotice =>
  StayNotice.parse({
    ...notice,
    type: "XDIS20",
    version: "XD2030C",
    statisticalCode: "XDIS20",
    letterId: "ADV0000000020",
    patient: { cpr, status: "indlagt" },
    at: "2026-11-20T09:30",
    ...change,
  });
/** Discharged on Monday at ten. */
export const xdis17 = (change: object = {}): StayNotice =>
  StayNotice.parse({
    ...notice,
    type: "XDIS17",
    version: "XD1730C",
    statisticalCode: "XDIS17",
    letterId: "ADV0000000017",
    authorised: "2026-11-23T10:01:00",
    patient: { cpr, status: "udskrevet_til_hjemmet" },
    at: "2026-11-23T10:00",
    ...change,
  });
export const fromWard = (gln: string): object => ({ sender: ward(gln), answerTo: gln });

export const xdis14 = (change: object = {}): AdmissionAnswer => {
  const { gln, identifier, organisation: name = "_" } = partyOf(organisation(oio.municipality));
  return AdmissionAnswer.parse({
    type: "XDIS14",
    version: "XD1431C",
    statisticalCode: "XDIS14",
    letterId: "SVAR000000014",
    status: "new",
    authorised: "2026-11-20T11:00:00",
    notificationId: notice.notificationId,
    sender: { gln, identifier, organisation: name },
    contacts: [
      { names: ["Visitationen", "Ida Prøvesen"], phone: "90000040", hours: "Hverdage kl. 8-15" },
      { names: ["Hjemmeplejen, aften og nat"], phone: "90000041" },
    ],
    receiver: short(oio.department),
    patient: { cpr },
    ...change,
  });
};

/** The summary of that stay, marked as urgent as can be. */
export const xdis01 = (change: object = {}): ClosingLetter =>
  ClosingLetter.parse({
    type: "XDIS01",
    version: "XD0134L",
    statisticalCode: "XDIS01",
    letterId: "EPI0000000001",
    status: "new",
    authorised: "2026-11-23T11:00",
    sender: partyOf(organisation(oio.department)),
    receiver: receiverPartyOf(organisation(oio.practice)),
    patient: { cpr, surname: "Prøvesen", givenName: "Åse", episodeOfCareStatus: "inaktiv" },
    relatives: [],
    from: "2026-11-20T09:30",
    until: "2026-11-23T10:00",
    actionPriority: "akut",
    recommendation: ["Kontrol af kalium i dag."],
    diagnoses: {
      main: { code: "DI509", text: "Hjertesvigt" },
      mainAdditional: [{ code: "TUL1", text: "Højresidig" }],
      other: [
        { description: "operation", code: "KJAB30", codeType: "SKSdiagnosekode", text: "Pleurapunktur" },
        { description: "uspec_diagnose", code: "DE119", codeType: "SKSdiagnosekode", text: "Diabetes" },
      ],
    },
    texts: [{ text: ["Indlagt med hjertesvigt."] }, { text: ["Udskrevet i bedring."] }],
    references: [],
    ...change,
  });
