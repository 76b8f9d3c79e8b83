import { answeredBy, hospitalKinds } from "../../../contracts/codes/referral-kinds.ts";
import { localTimeOf } from "../../../contracts/danish-time.ts";
import { type FormattedText, fromPlainText } from "../../../contracts/formatted-text.ts";
import type { AppointmentLetter } from "../../../contracts/letters/appointment-letter.ts";
import type { ClosingLetter } from "../../../contracts/letters/closing-letter.ts";
import type { ReferralKind } from "../../../contracts/messages/referral-content.ts";
import type { Party } from "../../../contracts/party.ts";
import { type Problem, warning } from "../../../contracts/problem.ts";
import type { LetterOrder, Reading } from "../../families/order.ts";
import { letterCommandId } from "./letter-command-id.ts";
import { type Match, matchReferral, recordedAs, referralsIn } from "./match-referral.ts";
import { readSummary } from "./summary-in.ts";

const everyKind: readonly ReferralKind[] = [...hospitalKinds, "prevention", "acute-team"];
/** Stays and casualty visits come about without a referral too: these must say that they answer one. */
const mayComeUnasked: readonly ClosingLetter["type"][] = ["XDIS01", "XDIS03"];

type Answer = ClosingLetter | AppointmentLetter;

const matchOf = (
  letter: Answer,
  { cases }: Reading,
  about: { kinds: readonly ReferralKind[]; unnamed: boolean },
): Match => {
  const { sender, receiver, patient, referral, episodeOfCareId } = letter;
  const { identifier, received } = referral ?? {};
  const answering = { from: sender.gln, to: receiver.gln, patient, identifier, episodeOfCareId, received };
  return matchReferral({ ...answering, ...about }, referralsIn(cases), localTimeOf);
};

/** Where the same letter went before; a corrected one goes where the letter of its number went. */
const goneTo = (letter: Answer, { commandId, cases }: Reading) =>
  recordedAs(commandId, cases) ?? recordedAs(letterCommandId({ ...letter, status: "new" }), cases);

/**
 * The case that a letter belongs to, by the command that it would be: where it went before, else the referral that it
 * answeredBy. `notes`: why it belongs to none.
 */
const caseOf = (
  letter: Answer,
  reading: Reading,
  asked: { type: string; match: () => Match },
): { caseId?: string; notes?: Problem[] } => {
  const before = goneTo(letter, reading);
  if (before !== undefined) return before.commandType === asked.type ? { caseId: before.caseId } : {};
  const match = asked.match();
  return match.found === undefined
    ? { notes: notMatched(letter, match.why) }
    : { caseId: match.found.caseId };
};

const notMatched = (letter: Answer, why: "none" | "several"): Problem[] => [
  warning(
    letter.referral?.identifier === undefined ? "Referral" : "Referral/Identifier",
    why === "several" ? "referral-not-clear" : "referral-not-known",
    why === "several"
      ? "Several open referrals fit: it was put to none of them. / Flere åbne henvisninger passer: brevet er ikke lagt på nogen af dem."
      : "It answers no referral that is known here. / Brevet svarer ikke på nogen henvisning, der kendes her.",
  ),
];

const blank: FormattedText = [{ el: "Break" }, { el: "Break" }];

/** All texts in their order, a blank line between; what is recommended stands first, as MedCom's letter has it. */
const textOf = ({ recommendation, texts }: ClosingLetter): FormattedText =>
  [...(recommendation === undefined ? [] : [recommendation]), ...texts.map(({ text }) => text)].flatMap(
    (text, i) => (i === 0 ? text : [...blank, ...text]),
  );

const signerOf = ({ texts }: ClosingLetter) => {
  const signed = texts.findLast(({ signed: by }) => by?.by !== undefined)?.signed;
  if (signed?.by === undefined) return undefined;
  return { name: signed.by, ...(signed.title === undefined ? {} : { title: signed.title }) };
};

/** A letter without any text is told by what it is. */
const untold: FormattedText = fromPlainText("Afsluttet uden tekst.");

const listed = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

const closingOf = (letter: ClosingLetter) => {
  const { type: form, authorised, contact, specialityName, copyTo, relatives, referral } = letter;
  const { from, until, actionPriority, recommendation, diagnoses, texts, references } = letter;
  const text = textOf(letter);
  return {
    status: letter.status,
    text: text.length === 0 ? untold : text,
    signedBy: signerOf(letter),
    closing: {
      form,
      authorised,
      contact,
      specialityName,
      copyTo,
      patientStatus: letter.patient.episodeOfCareStatus,
      relatives: listed(relatives),
      referral,
      from,
      until,
      actionPriority,
      recommendation,
      diagnoses,
      texts: listed(texts),
      references: listed(references),
    },
  };
};

const unmatched = (letter: Answer, said: object, notes: readonly Problem[]): LetterOrder => ({
  type: "referral.receiveLetter",
  payload: {
    messageId: letter.letterId,
    to: { gln: letter.receiver.gln },
    patient: letter.patient,
    episodeOfCareId: letter.episodeOfCareId,
    said,
  },
  notes,
});

const closesStay = ({ type }: ClosingLetter): boolean =>
  type === "XDIS01" || type === "XDIS02" || type === "XDIS03";

/**
 * A closing letter concludes the referral that it answeredBy. One of a hospital's that answers none is the summary of a stay or
 * a visit; one of a municipality's has a case of its own, so that it reaches its receiver.
 */
export const readClosing = (letter: ClosingLetter, reading: Reading): LetterOrder => {
  const type = "referral.concludeByLetter";
  const unnamed = letter.referral !== undefined || !mayComeUnasked.includes(letter.type);
  const kinds = answeredBy[letter.type];
  const match = (): Match => matchOf(letter, reading, { kinds, unnamed });
  const { caseId, notes = [] } = caseOf(letter, reading, { type, match });
  const said = closingOf(letter);
  if (caseId !== undefined) return { type, payload: { caseId, ...said }, notes: [] };
  if (closesStay(letter)) return readSummary(letter, reading);
  return unmatched(letter, { kind: "closing", ...said }, notes);
};

/** The letter has no element for the place: it is where who writes is. */
const placeOf = ({ organisation, department, unit, gln }: Party): string =>
  [organisation, department, unit].filter((name) => name !== undefined).join(", ") || gln;

/** A booking answer (XDIS13): the referral was received, and when the citizen is to come. */
export const readAppointment = (letter: AppointmentLetter, reading: Reading): LetterOrder => {
  const type = "referral.bookByLetter";
  const match = (): Match => matchOf(letter, reading, { kinds: everyKind, unnamed: true });
  const { caseId, notes = [] } = caseOf(letter, reading, { type, match });
  const { status, sender, contact, referral, appointment: at, note } = letter;
  const said = { status, received: referral?.received, at, place: placeOf(sender), contact, note };
  if (caseId !== undefined) return { type, payload: { caseId, ...said }, notes: [] };
  return unmatched(letter, { kind: "booking", ...said }, notes);
};
