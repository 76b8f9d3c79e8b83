import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DigestFact } from "../../../../contracts/messages/digest.ts";
import { NoticeFact } from "../../../../contracts/notices.ts";
import { noticeLines } from "../../../../gateways/cli/notice-text.ts";

const messageOf = (file: string): unknown =>
  (JSON.parse(readFileSync(`contracts/examples/notices/valid/${file}`, "utf8")) as { message: unknown })
    .message;
const told = { nameOf: (gln: string) => `<${gln}>`, now: "2026-11-26T16:00:00.000Z" };

test("a breach tells who was told now and with which number, who is later, and that there was nobody", () => {
  const fact = NoticeFact.parse(messageOf("clock-breached.json"));
  expect(noticeLines(fact, told)).toEqual([
    "An answer is late: Answer to a specialist advice request",
    "  who waits, to phone, <5790000100019>: told now. Ring 90000011 (<5790000200016>).",
    expect.stringMatching(/^ {2}who comes next, <5790000210015>: told .*08\.00$/),
    "  operations: nobody whom the hub can tell",
  ]);
});

test("what went into a digest names whose it is", () => {
  const digestCaseId = "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10";
  const gathered = {
    type: "NoticeGathered",
    clockId: "A.1",
    step: 0,
    organisation: "5790000100019",
    digestCaseId,
  } as const;
  expect(noticeLines(gathered, told)).toEqual([
    `Put on the day's list of <5790000100019> (case ${digestCaseId})`,
  ]);
});

test("a digest tells how many it told of, and each that it gathered", () => {
  const fact = DigestFact.parse(messageOf("digest-told.json"));
  expect(noticeLines(fact, told)).toEqual([
    "The day's list of answers that are due: 1 told, 0 settled meanwhile",
  ]);
  const [item] = fact.type === "DigestTold" ? fact.items : [];
  expect(noticeLines({ ...fact, type: "DigestItemAdded", ...{ item } }, told)?.[0]).toContain(item?.caseId);
});

test("other facts are not for it", () => {
  expect(noticeLines({ type: "AdviceAsked" }, told)).toBeUndefined();
});
