import type { ReferralKind } from "../../contracts/messages/referral-content.ts";
import { photoObject } from "./advice-given.ts";
import { appointment, at, call, otherCaseId, receivers, sending, slotId } from "./referral-given.ts";
import { who } from "./region-view.ts";

/** Another unit of the house that each kind is sent to. */
const houseOf: Record<ReferralKind, string> = {
  hospital: who.cardiology,
  imaging: who.cardiology,
  psychiatry: receivers.psychiatry.first,
  cancer: who.cardiology,
  prevention: who.municipality,
  "acute-team": who.municipality,
};
const words = { text: "Hermed." };
/** A payload of every command on a case, without the case, for a referral of a kind. */
export const payloadsOf = (kind: ReferralKind) =>
  ({
    "referral.correct": { ...sending(kind), anamnesis: "Træt i fire måneder." },
    "referral.concludeByLetter": { status: "new", text: ["Afsluttet."], closing: { form: "XDIS02" } },
    "referral.bookByLetter": {
      status: "new",
      received: "2026-11-23T10:15",
      at: "2026-12-07T09:00",
      place: "Kirurgisk Afd.",
      note: "Mød fastende",
    },
    "referral.noteConclusion": { by: houseOf[kind], letterCaseId: otherCaseId },
    "referral.joinAttachments": {
      attachmentCaseId: otherCaseId,
      sender: who.practice,
      objects: [photoObject],
    },
    "referral.receive": {},
    "referral.accept": words,
    "referral.requestInformation": words,
    "referral.giveInformation": words,
    "referral.markMisdirected": { reason: "Ikke her" },
    "referral.forward": { to: { gln: receivers[kind].other }, reason: "Ikke her" },
    "referral.return": {
      reason: "not-indicated",
      advice: "Følg i praksis.",
      doctor: "Overlæge Prøve",
      phone: "90000011",
    },
    "referral.decline": {
      reason: "no-capacity",
      advice: "Ring 1813.",
      by: "Prøve Sygeplejersken",
      phone: "90000030",
    },
    "referral.book": { appointment },
    "referral.rebook": { appointment: { ...appointment, place: "Ambulatorium 4" }, reason: "Sygdom" },
    "referral.cancelAppointment": { by: "citizen", reason: "Forhindret" },
    "referral.noticeSent": { sentOn: "2026-11-24" },
    "referral.invite": { appointment },
    "referral.attended": { at },
    "referral.noShow": { at },
    "referral.followUpNoShow": { at, how: "phone", outcome: "comes-later" },
    "referral.endCourse": { endedOn: "2026-11-24" },
    "referral.startVisit": { at, by: "Prøve Sygeplejersken" },
    "referral.endVisit": { at },
    "referral.settleDiagnosis": { outcome: "plan", on: "2026-11-24" },
    "referral.conclude": { ...words, signedBy: { name: "Overlæge Prøve" } },
    "referral.phoneFinding": { phoned: call },
    "referral.reviewResult": { plan: "Kontrol om et år." },
    "referral.withdraw": { reason: "Løst" },
    "referral.wantSlot": { slotId },
    "referral.noteBooking": {
      bookingCaseId: otherCaseId,
      slotId,
      start: "2026-11-24T09:00:00.000Z",
      place: "Akutmodtagelsen",
    },
    "referral.ring": { alarmId: "validity" },
  }) as const;
