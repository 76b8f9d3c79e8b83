import { localTimeOf } from "../../../contracts/danish-time.ts";
import { plainUuid } from "../../../contracts/derived-ids.ts";
import { type FormattedText, fromPlainText } from "../../../contracts/formatted-text.ts";
import type { ClosingLetter } from "../../../contracts/letters/closing-letter.ts";
import { type Problem, warning } from "../../../contracts/problem.ts";
import { holdsLetter, type KnownStay, staysIn } from "../../families/known-stays.ts";
import type { LetterOrder, Reading } from "../../families/order.ts";
import { called } from "../../families/words/words.ts";
import { letterCommandId } from "./letter-command-id.ts";

const dayOf = (instant: string): string => localTimeOf(instant).slice(0, 10);

const arrivals: readonly string[] = ["acute-ambulant", "admitted", "transferred"];
const departures: readonly string[] = ["discharged", "dead"];

const isOn = ({ events }: KnownStay, kinds: readonly string[], local: string | undefined): boolean =>
  local !== undefined &&
  events.some(({ event, occurredAt }) => kinds.includes(event) && dayOf(occurredAt) === local.slice(0, 10));

/** How many of the letter's two days are the stay's. A casualty ward's letter is of a visit, not of an admission. */
const daysIn = (stay: KnownStay, { type, from, until }: ClosingLetter): number => {
  const came = type === "XDIS03" ? ["acute-ambulant"] : arrivals;
  const isOfType =
    type === "XDIS03" ? stay.events.every(({ event }) => event !== "admitted") : type === "XDIS01";
  return isOfType ? Number(isOn(stay, came, from)) + Number(isOn(stay, departures, until)) : 0;
};

type Found = { stay?: KnownStay | undefined; why?: "several" | "has-summary" | "other-practice" };

/** The one stay of the sender's hospital whose days the letter tells, if there is just one that fits best. */
const byDays = (letter: ClosingLetter, stays: readonly KnownStay[]): Found => {
  const fitting = stays.map((stay) => ({ stay, days: daysIn(stay, letter) })).filter(({ days }) => days > 0);
  const most = Math.max(0, ...fitting.map(({ days }) => days));
  const [only, ...others] = fitting.filter(({ days }) => days === most);
  if (only === undefined) return {};
  return others.length > 0 ? { why: "several" } : { stay: only.stay };
};

/** Why a stay that was found may not have this summary all the same. */
const unlessTaken = (found: Found, letter: ClosingLetter): Found => {
  const { summaryId, corrected, practice } = found.stay ?? {};
  // A stay tells its own practice: who the letter is written to must get it.
  if (practice !== undefined && practice !== letter.receiver.gln) return { why: "other-practice" };
  const isTaken = letter.status === "new" && summaryId !== undefined;
  return isTaken && corrected?.has(letter.letterId) === false ? { why: "has-summary" } : found;
};

/**
 * The stay that a summary belongs to: where the same letter went before, the stay that its episode names, or the only one of
 * the sender's hospital on its days. A stay that has a summary is given another only as its correction: two wards may each
 * write one, and neither may put away what the other recommends.
 */
const stayOf = (letter: ClosingLetter, { commandId, cases }: Reading): Found => {
  const firstId = letterCommandId({ ...letter, status: "new" });
  const gone =
    cases.find((view) => holdsLetter(view, commandId)) ?? cases.find((view) => holdsLetter(view, firstId));
  const stays = staysIn(cases, commandId);
  // A case that is no stay has the summary alone, and its number names it.
  if (gone !== undefined) return { stay: stays.find(({ caseId }) => caseId === gone.caseId) };
  const own = stays.filter(
    ({ hospital, status }) => status !== "cancelled" && hospital.has(letter.sender.gln),
  );
  const episode = letter.episodeOfCareId === undefined ? "" : plainUuid(letter.episodeOfCareId);
  const named = own.find(({ names }) => names.has(episode));
  return unlessTaken(named === undefined ? byDays(letter, own) : { stay: named }, letter);
};

const blank: FormattedText = [{ el: "Break" }, { el: "Break" }];
const joined = (texts: readonly FormattedText[]): FormattedText =>
  texts.flatMap((text, i) => (i === 0 ? text : [...blank, ...text]));

const unsaid = fromPlainText("Se epikrisens tekst.");

/** The mark and the recommendation belong together here; MedCom's letter may have either alone. */
const marked = ({ actionPriority, recommendation }: ClosingLetter): { said: object; notes: Problem[] } => {
  if (actionPriority === undefined)
    return {
      said: {},
      notes:
        recommendation === undefined
          ? []
          : [
              warning(
                "RecommendedAction",
                "mark-missing",
                "A recommendation without a priority stands in the text. / En anbefaling uden prioritet står i teksten.",
              ),
            ],
    };
  return {
    said: { actionPriority, recommendedAction: recommendation ?? unsaid },
    notes:
      recommendation === undefined
        ? [
            warning(
              "ActionPriority",
              "recommendation-missing",
              "It is marked for follow-up and does not say which. / Epikrisen er prioriteret, men siger ikke hvad der anbefales.",
            ),
          ]
        : [],
  };
};

const kindOf = (description: string): "additional" | "other" =>
  description === "tillaegsdiagnose" ? "additional" : "other";

const noDiagnoses: NonNullable<ClosingLetter["diagnoses"]> = { mainAdditional: [], other: [] };

/** Operations stand among a letter's other diagnoses. */
const codesOf = ({ diagnoses = noDiagnoses }: ClosingLetter) => {
  const { main, mainAdditional, other } = diagnoses;
  return {
    diagnoses: [
      ...(main === undefined ? [] : [{ kind: "main" as const, ...main }]),
      ...mainAdditional.map((one) => ({ kind: "additional" as const, ...one })),
      ...other
        .filter(({ description }) => description !== "operation")
        .map(({ description, code, text }) => ({ kind: kindOf(description), code, text })),
    ],
    procedures: other
      .filter(({ description }) => description === "operation")
      .map(({ code, text }) => ({ code, text })),
  };
};

/** Of an other diagnosis the summary keeps its code and text, and whether it is an addition or a procedure. */
const saysMore = (one: NonNullable<ClosingLetter["diagnoses"]>["other"][number]): boolean =>
  one.at !== undefined ||
  one.codeType !== "SKSdiagnosekode" ||
  !["operation", "tillaegsdiagnose", "uspec_diagnose"].includes(one.description);

/** What stands in the letter alone, which the practice is sent as it was written. */
const inLetterAlone = (path: string): Problem =>
  warning(
    path,
    "in-letter-alone",
    "It stands in the letter itself and not in the summary of the case. / Det står i selve brevet og ikke i forløbets epikrise.",
  );

const notesOf = (letter: ClosingLetter): Problem[] => {
  const { contact, copyTo, relatives, referral, diagnoses, texts, references } = letter;
  const found: readonly (readonly [string, boolean])[] = [
    ["Sender/Contact", contact !== undefined],
    ["CCReceiver", copyTo !== undefined],
    ["Relative", relatives.length > 0],
    ["Referral", referral !== undefined],
    ["Diagnose/Other", (diagnoses?.other ?? []).some(saysMore)],
    ["ClinicalInformation/Signed", texts.some(({ signed }) => signed !== undefined)],
    ["Reference", references.length > 0],
  ];
  return found.flatMap(([path, isThere]) => (isThere ? [inLetterAlone(path)] : []));
};

const contentOf = (letter: ClosingLetter): { summary: object; notes: Problem[] } => {
  const { recommendation, actionPriority, texts, sender, from, until } = letter;
  const { said, notes } = marked(letter);
  const above = actionPriority === undefined && recommendation !== undefined ? [recommendation] : [];
  const text = joined([...above, ...texts.map((block) => block.text)]);
  const unit = called(sender).slice(0, 70) || sender.gln;
  const signed = texts.find(({ signed: by }) => by?.by !== undefined)?.signed?.by;
  const summary = {
    ...said,
    resume: text.length === 0 ? unsaid : text,
    unit,
    dictatedBy: signed ?? unit,
    ...(from === undefined ? {} : { admittedAt: from }),
    ...(until === undefined ? {} : { dischargedAt: until }),
    ...codesOf(letter),
    attachments: [],
  };
  return { summary, notes: [...notes, ...notesOf(letter)] };
};

const notPutTo = {
  several: warning(
    "Admission",
    "stay-not-clear",
    "Several stays fit: it was put to none of them. / Flere indlæggelser passer: epikrisen er ikke lagt på nogen af dem.",
  ),
  "other-practice": warning(
    "Receiver/EANIdentifier",
    "practice-differs",
    "The stay was told to another practice than the letter is written to. / Indlæggelsen er meldt til en anden praksis end den, epikrisen er skrevet til.",
  ),
  "has-summary": warning(
    "Letter/Identifier",
    "stay-has-summary",
    "The stay has a summary already, and this is another. / Indlæggelsen har allerede en epikrise, og denne er en anden.",
  ),
} as const;

/**
 * XDIS01, XDIS02 and XDIS03 that answer no referral: the summary of a stay, or of a visit. Of a stay that is known here it is
 * its summary, or the one in its place; any other opens a case of its own, so that its practice is owed the same.
 */
export const readSummary = (letter: ClosingLetter, reading: Reading): LetterOrder => {
  const content = contentOf(letter);
  const { stay, why } = stayOf(letter, reading);
  const { letterId, status, authorised, receiver, patient } = letter;
  const summaryId = status === "new" ? letterId : `${letterId}:${authorised}`;
  const practice = receiver.gln;
  const { summary } = content;
  const notes = [...content.notes, ...(why === undefined ? [] : [notPutTo[why]])];
  if (stay === undefined) {
    const about = { messageId: letterId, practice, patient, form: letter.type };
    return { type: "discharge.receiveSummary", payload: { ...about, summaryId, status, ...summary }, notes };
  }
  const { caseId, summaryId: corrects, corrected } = stay;
  const said = { ...summary, standard: "oioxml" };
  // A letter that its correction overtook may not come in its place: the stay says that it has a summary.
  const isOvertaken = status === "new" && corrected.has(letterId);
  if (corrects === undefined || isOvertaken)
    return { type: "discharge.sendSummary", payload: { caseId, summaryId, practice, ...said }, notes };
  const payload = { caseId, summaryId, corrects, practice, ...said };
  return { type: "discharge.correctSummary", payload, notes };
};
