import { actWords } from "../../../contracts/codes/act-words.ts";
import { digestStates, noNumber, noticeHeadings } from "../../../contracts/codes/notice-words.ts";
import type { FormattedText } from "../../../contracts/formatted-text.ts";
import { type DigestFact, isDigestFact } from "../../../contracts/messages/digest.ts";
import {
  type ClockNotice,
  type DigestItem,
  isNoticeFact,
  type NoticeStep,
} from "../../../contracts/notices.ts";
import { bold, field, lines, type Saying, section, timeInWords, type Words } from "./words.ts";

type Told = Extract<DigestFact, { type: "DigestTold" }>;

type Clock = Pick<
  DigestItem,
  | "name"
  | "agreement"
  | "agreementVersion"
  | "debtor"
  | "debtorName"
  | "creditor"
  | "creditorName"
  | "about"
  | "due"
>;

const nameOf = (name: string | undefined, gln: string): string =>
  name === undefined ? gln : `${name} (${gln})`;

const calledOf = ({ debtor, debtorName, creditor, creditorName }: Clock, gln: string): string => {
  if (gln === debtor) return debtorName ?? gln;
  return gln === creditor ? (creditorName ?? gln) : gln;
};

const numberOf = (clock: Clock, { phone }: NoticeStep): string =>
  phone === undefined ? noNumber.da : `Ring ${phone.number} (${calledOf(clock, phone.of)}).`;

/** What is to be done, where a case owes several things of one kind. */
const aboutLine = ({ about = "" }: Clock): string | undefined =>
  field("Det gælder", actWords[`make-ready-${about}`]?.da);

const clockLines = (clock: Clock): (string | undefined)[] => [
  field("Aftale", `${clock.name.da} (${clock.agreement}, version ${String(clock.agreementVersion)})`),
  field("Skylder svar", nameOf(clock.debtorName, clock.debtor)),
  field("Venter på svar", nameOf(clock.creditorName, clock.creditor)),
  aboutLine(clock),
];

/** What one receiver is to do, and whom it rings. Steps that mean it twice have one number. */
const stepsFor = (steps: readonly NoticeStep[], gln: string): NoticeStep[] =>
  steps.filter(({ organisation, at }) => organisation === gln && at === undefined);

const dueLine = ({ type, due }: ClockNotice, saying: Saying): string =>
  type === "ClockWarned"
    ? `Svar ventes senest ${timeInWords(due, saying)}.`
    : `For sent siden ${timeInWords(due, saying)}.`;

const clockWords = (fact: ClockNotice, caseId: string, saying: Saying): Words => {
  const own = stepsFor(fact.steps, saying.parties.to.gln);
  return {
    subject: `${noticeHeadings[fact.type].da}: ${fact.name.da}`,
    urgent: own.some(({ urgent }) => urgent),
    text: lines(
      bold(dueLine(fact, saying)),
      ...own.map(({ da }) => da),
      ...own.slice(0, 1).map((step) => numberOf(fact, step)),
      ...clockLines(fact),
      field("Sag", caseId),
    ),
  };
};

const itemLines = (item: DigestItem, saying: Saying): FormattedText =>
  lines(
    `${item.name.da}: ${digestStates[item.state].da.replace("{due}", timeInWords(item.due, saying))}.`,
    `${nameOf(item.debtorName, item.debtor)} skylder ${nameOf(item.creditorName, item.creditor)} svar.`,
    aboutLine(item),
    item.step.da,
    numberOf(item, item.step),
    field("Sag", item.caseId),
  );

const headings: Readonly<Record<DigestItem["state"], string>> = {
  late: "For sent",
  soon: "Snart for sent",
  waits: "Venter på den, der spurgte",
};
const order = ["late", "soon", "waits"] as const;

const digestWords = ({ items }: Told, saying: Saying): Words => ({
  subject: noticeHeadings.DigestTold.da,
  text: lines(
    ...order.map((state) => {
      const own = items.filter((item) => item.state === state).toSorted((a, b) => (a.due < b.due ? -1 : 1));
      const said = own.flatMap((item): FormattedText[] => [itemLines(item, saying), [{ el: "Break" }]]);
      return section(`${headings[state]} (${String(own.length)})`, lines(...said));
    }),
  ),
});

/** What is told of clocks, in a case of any family; `undefined`: the fact is none of these. */
export const noticeWords = (
  fact: { readonly type: string },
  caseId: string,
  saying: Saying,
): Words | undefined => {
  if (isNoticeFact(fact) && fact.type !== "NoticeGathered") return clockWords(fact, caseId, saying);
  return isDigestFact(fact) && fact.type === "DigestTold" ? digestWords(fact, saying) : undefined;
};
