import { answeredBy } from "../../../contracts/codes/referral-kinds.ts";
import { plainUuid } from "../../../contracts/derived-ids.ts";
import type { ClosingLetter } from "../../../contracts/letters/closing-letter.ts";
import { isReferralFact, type ReferralFact } from "../../../contracts/messages/referral.ts";
import type { ReferralContent } from "../../../contracts/messages/referral-content.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { isLetter } from "../../../contracts/written.ts";
import { type Order, occasionOf, type Workflow } from "./workflow.ts";

type Records = readonly CaseRecord[];
type WithContent = Extract<ReferralFact, { referral: ReferralContent }>;

/** The facts by which a closing letter has a case of its own. */
const alone = ["LoneSummaryReceived", "ReferralLetterReceived"];

const isClosing = (letter: CaseRecord["written"]): letter is ClosingLetter =>
  isLetter(letter) && Object.hasOwn(answeredBy, letter.type);

const closingIn = ({ facts, written }: CaseRecord): ClosingLetter | undefined =>
  isClosing(written) && facts.some(({ type }) => alone.includes(type)) ? written : undefined;

const hasContent = (fact: ReferralFact): fact is WithContent => "referral" in fact;

const isClosed = (records: Records): boolean =>
  records.findLast(({ meta }) => meta.card !== undefined)?.meta.card?.closed !== false;

/** The names that a letter may know a referral by: the numbers of what was written of it, its forløb, and its case. */
const namesOf = (records: Records, told: readonly WithContent[]): Set<string> =>
  new Set([
    ...records.flatMap(({ caseId, written }) => [
      plainUuid(caseId),
      ...(written !== undefined && "letterId" in written ? [plainUuid(written.letterId)] : []),
    ]),
    ...told.flatMap(({ referral: { episodeOfCareId, episodesOfCare } }) =>
      [episodeOfCareId, ...(episodesOfCare ?? []).map(({ id }) => id)].flatMap((id) =>
        id === undefined ? [] : [plainUuid(id)],
      ),
    ),
  ]);

type Candidate = { caseId: string; named: boolean };

/** An open referral that the letter may answer: of who gets it, of a kind that it answeredBy, and with another unit than who wrote it. */
const candidateIn = (records: Records, letter: ClosingLetter): Candidate[] => {
  const told = records.flatMap(({ facts }) => facts.filter(isReferralFact)).filter(hasContent);
  const last = told.at(-1);
  const [first] = records;
  if (first?.family !== "referral" || last === undefined || isClosed(records)) return [];
  const answered =
    last.sender === letter.receiver.gln &&
    last.receiver !== letter.sender.gln &&
    answeredBy[letter.type].includes(last.kind);
  if (!answered) return [];
  const names = namesOf(records, told);
  const said = [letter.referral?.identifier, letter.episodeOfCareId];
  const named = said.some((name) => name !== undefined && names.has(plainUuid(name)));
  return [{ caseId: first.caseId, named }];
};

/** A letter that says nothing of a referral may close the only one that there is, and a stay's letter not even that. */
const meant = (candidates: readonly Candidate[], letter: ClosingLetter): Candidate | undefined => {
  const named = candidates.filter((one) => one.named);
  const mayGuess = letter.referral !== undefined || (letter.type !== "XDIS01" && letter.type !== "XDIS03");
  const [only, ...others] = named.length > 0 ? named : mayGuess ? candidates : [];
  return others.length > 0 ? undefined : only;
};

/**
 * A referral goes to a hospital's visitation, and the department that saw the citizen writes the closing letter: it found no
 * referral of its own, so it has a case of its own. The referral is concluded by it, if the directory says that they are of one
 * house, and nobody waits for what has come.
 */
export const concludeElsewhere: Workflow = {
  rule: "conclude-elsewhere",
  facts: alone,
  concerns: (record) => closingIn(record) !== undefined,
  patientOf: (record) => closingIn(record)?.patient,
  ordersOf: (history, others): Order[] => {
    const { caseId: letterCaseId, ...occasion } = occasionOf(history);
    const letter = closingIn({ caseId: letterCaseId, ...occasion });
    if (letter === undefined) return [];
    const found = meant(
      others.flatMap((records) => candidateIn(records, letter)),
      letter,
    );
    if (found === undefined) return [];
    const payload = { caseId: found.caseId, by: letter.sender.gln, letterCaseId };
    return [{ type: "referral.noteConclusion", payload }];
  },
};
