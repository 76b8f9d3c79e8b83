import { kindOfReferralLetter, kindsByDiagnosis } from "../../../contracts/codes/referral-kinds.ts";
import { plainUuid } from "../../../contracts/derived-ids.ts";
import type { ReferralLetter } from "../../../contracts/letters/referral-letter.ts";
import type { ReferralKind } from "../../../contracts/messages/referral-content.ts";
import { type Problem, warning } from "../../../contracts/problem.ts";
import type { LetterOrder, Reading } from "../../families/order.ts";
import { type KnownReferral, recordedAs, referralsIn } from "./match-referral.ts";

/** XREF01 refers to all that hospitals take; a diagnosis may say more. What a psychiatric unit takes the directory knows. */
const kindOf = ({ type, refer, referralAdditional }: ReferralLetter): ReferralKind => {
  const kind = kindOfReferralLetter[type];
  if (kind !== "hospital") return kind;
  const codes = [refer, ...referralAdditional].flatMap((diagnosis) => diagnosis?.code ?? []);
  return kindsByDiagnosis.find(({ prefix }) => codes.some((code) => code.startsWith(prefix)))?.kind ?? kind;
};

/** Shorter numbers reach nobody. */
const shortestPhone = 3;

const phoneOf = ({ sender }: ReferralLetter): string | undefined =>
  sender.phone !== undefined && sender.phone.length >= shortestPhone ? sender.phone : undefined;

const notesOf = (letter: ReferralLetter): Problem[] =>
  letter.sender.phone === undefined || phoneOf(letter) !== undefined
    ? []
    : [
        warning(
          "Sender/TelephoneSubscriberIdentifier",
          "phone-too-short",
          "The sender's telephone number is too short to be one. / Afsenderens telefonnummer er for kort.",
        ),
      ];

const listed = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

/** Everything that is referred for, in the referral's own fields. What only MedCom's letter has is in the letter itself. */
const contentOf = (letter: ReferralLetter) => {
  const { category, episodesOfCare, references, visitation, referrer } = letter;
  return {
    patient: letter.patient,
    relatives: letter.relatives,
    referrer: { ...referrer, phone: phoneOf(letter) },
    episodeOfCareId: letter.episodeOfCareId,
    episodesOfCare: listed(episodesOfCare),
    priority: letter.priority,
    referralStatus: letter.referralStatus,
    transport: letter.transport,
    hospitalChoice: letter.hospitalChoice,
    refer: letter.refer,
    referralAdditional: letter.referralAdditional,
    answerCopyTo: letter.answerCopyTo,
    references: listed(references),
    visitation: listed(visitation),
    clinicalReason: letter.clinicalReason,
    supplementary: letter.supplementary,
    cave: letter.cave,
    anamnesis: letter.anamnesis,
    examination: letter.examination,
    actualMedicine: letter.actualMedicine,
    firstDateOfPeriod: letter.firstDateOfPeriod,
    prevention: category === undefined ? undefined : { category },
  };
};

const episodesOf = ({ episodeOfCareId, episodesOfCare }: ReferralLetter): string[] =>
  [episodeOfCareId, ...episodesOfCare.map(({ id }) => id)].flatMap((id) =>
    id === undefined ? [] : [plainUuid(id)],
  );

/** Psychiatry and suspected cancer are referred to by the hospitals' letter. */
const letterKindOf = (kind: ReferralKind): ReferralKind =>
  kind === "psychiatry" || kind === "cancer" ? "hospital" : kind;

const isCorrected = (letter: ReferralLetter, referral: KnownReferral): boolean =>
  kindOfReferralLetter[letter.type] === letterKindOf(referral.kind) &&
  episodesOf(letter).some((episode) => referral.episodes.has(episode));

/**
 * The case that a corrected letter is about. Mostly it has the number of what it corrects, and the number finds the case by
 * itself: `undefined`. With a number of its own it is about the sender's only open referral in that forløb.
 */
const correctedCase = (letter: ReferralLetter, { commandId, cases }: Reading): string | undefined => {
  const mine = referralsIn(cases).filter(({ sender }) => sender === letter.sender.gln);
  const numbered = mine.find(({ openedBy }) => openedBy === letter.letterId);
  const before = recordedAs(commandId, cases);
  if (before !== undefined)
    return before.opened || before.caseId === numbered?.caseId ? undefined : before.caseId;
  if (numbered !== undefined) return undefined;
  const [only, ...others] = mine.filter((referral) => referral.open && isCorrected(letter, referral));
  return others.length > 0 ? undefined : only?.caseId;
};

/** A referral by letter: a new one is sent, a corrected one comes in the place of what was sent before. */
export const readReferral = (letter: ReferralLetter, reading: Reading): LetterOrder => {
  const { letterId: messageId, receiver, status } = letter;
  const to = { gln: receiver.gln };
  const payload = { messageId, kind: kindOf(letter), to, standard: "oioxml", ...contentOf(letter) };
  const notes = notesOf(letter);
  if (status === "new") return { type: "referral.send", payload, notes };
  const caseId = correctedCase(letter, reading);
  return {
    type: "referral.correct",
    payload: caseId === undefined ? payload : { ...payload, caseId },
    notes,
  };
};
