import { noNumber, noticeHeadings } from "../../contracts/codes/notice-words.ts";
import { isDigestFact } from "../../contracts/messages/digest.ts";
import { type ClockNotice, isNoticeFact, type NoticeStep } from "../../contracts/notices.ts";
import { danishTime } from "./danish-time.ts";
import type { NameOf } from "./organisation-names.ts";

type Told = { nameOf: NameOf; now: string };

const toWhom: Readonly<Record<NoticeStep["to"], string>> = {
  team: "the team",
  practice: "the practice",
  operations: "operations",
  nextInLine: "who comes next",
  phone: "who waits, to phone",
};

const stepLine = ({ to, organisation, at, phone }: NoticeStep, { nameOf, now }: Told): string => {
  if (organisation === undefined) return `  ${toWhom[to]}: nobody whom the hub can tell`;
  const whom = `  ${toWhom[to]}, ${nameOf(organisation)}`;
  if (at !== undefined) return `${whom}: told ${danishTime(at, now)}`;
  return `${whom}: told now. ${phone === undefined ? noNumber.en : `Ring ${phone.number} (${nameOf(phone.of)}).`}`;
};

const clockLines = ({ type, name, steps }: ClockNotice, told: Told): string[] => [
  `${noticeHeadings[type].en}: ${name.en}`,
  ...steps.map((step) => stepLine(step, told)),
];

/** What a case tells of its clocks, or a digest of those of others; `undefined`: the fact is none of these. */
export const noticeLines = (fact: { type: string }, told: Told): string[] | undefined => {
  if (isNoticeFact(fact))
    return fact.type === "NoticeGathered"
      ? [
          `${noticeHeadings.NoticeGathered.en} of ${told.nameOf(fact.organisation)} (case ${fact.digestCaseId})`,
        ]
      : clockLines(fact, told);
  if (!isDigestFact(fact)) return undefined;
  if (fact.type === "DigestItemAdded")
    return [`For the day's list: ${fact.item.name.en}, case ${fact.item.caseId}`];
  const listed = `${String(fact.items.length)} told, ${String(fact.settled.length)} settled meanwhile`;
  return [`${noticeHeadings.DigestTold.en}: ${listed}`];
};
