import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checksOf } from "../../../../gateways/rehearsal/conform/checks.ts";
import { conversations } from "../../../../gateways/rehearsal/conform/conversations.ts";
import { type Heard, judge } from "../../../../gateways/rehearsal/conform/judge.ts";
import { changed, repeated, type Shown } from "../../../../gateways/rehearsal/conform/shown.ts";
import { receiptLetter, replyLetter } from "../../../../gateways/rehearsal/documents/letters.ts";
import { look } from "../../../../gateways/rehearsal/documents/look.ts";
import { decide, faultOf, wellBehaved } from "../../../../gateways/rehearsal/simulator/behaviour.ts";
import { seeded } from "../../../../gateways/rehearsal/simulator/seeded.ts";

const xml = "application/xml";
const bytes = readFileSync("contracts/examples/demo/question.xml");
const see = (document: Uint8Array) => look(document, xml, () => undefined);
const seen = see(bytes);
const caseId = "7b0e7a1c-31b2-5a3e-9d0c-5d8f2f1f6c11";
const shown: Shown = {
  deliveryId: `${caseId}.1.0`,
  caseId,
  from: "5790000100019",
  documentType: "XDIS91",
  at: "2026-11-23T09:15:00.000Z",
  mediaType: xml,
  bytes,
  seen,
  real: true,
};
const self = "5790000200016";
const fresh = { id: () => "NYTNUMMER00001", date: "2026-11-23", time: "10:20" };
const heardOf = (document: Uint8Array, more: { caseId?: string } = {}): Heard => ({
  what: "document",
  seen: see(document),
  asksForReceipt: see(document).wantsReceipt,
  status: 201,
  caseId: more.caseId,
});
const verdictsOf = (names: string, heard: readonly Heard[], quiet = true): string[] =>
  checksOf("oioxml", names).map((check) => judge(check, { shown, heard, heardInAll: heard, quiet }).verdict);

describe("a receipt", () => {
  it("that names letter and envelope passes; without one everything is awaited still", () => {
    const good = heardOf(receiptLetter(seen, undefined, fresh));
    const names = "receipt positive names-envelope names-message wants-none taken-by-hub";
    expect(verdictsOf(names, [good])).toEqual(Array(6).fill("passed"));
    expect(verdictsOf(names, [])).toEqual(Array(6).fill("waiting"));
  });

  it("about a letter that nobody sent fails where it names it, once nothing more is on its way", () => {
    const wrong = heardOf(receiptLetter({ ...seen, envelopeId: "X", messageId: "Y" }, undefined, fresh));
    expect(verdictsOf("receipt names-envelope names-message", [wrong])).toEqual([
      "passed",
      "failed",
      "failed",
    ]);
    expect(verdictsOf("names-envelope", [wrong], false)).toEqual(["waiting"]);
  });

  it("with another refuse code than the fault's fails", () => {
    const refused = heardOf(receiptLetter(seen, { code: "ikke_specificeret", text: "Nej." }, fresh));
    expect(verdictsOf("negative refuse-code:problem_med_version", [refused])).toEqual(["passed", "failed"]);
  });
});

describe("an answer", () => {
  it("in the thread and in the case passes, one without the episode fails", () => {
    const reply = replyLetter(bytes, "Ja.", fresh);
    expect(see(reply)).toMatchObject({ from: self, to: "5790000100019", messageId: "NYTNUMMER00001" });
    expect(verdictsOf("answer in-thread in-case", [heardOf(reply, { caseId })])).toEqual(
      Array(3).fill("passed"),
    );
    const lost = Buffer.from(
      Buffer.from(reply)
        .toString("latin1")
        .replace(/<EpisodeOfCareIdentifier>[^<]*<\/EpisodeOfCareIdentifier>/, ""),
      "latin1",
    );
    expect(verdictsOf("in-thread in-case", [heardOf(lost)])).toEqual(["failed", "failed"]);
  });

  it("given twice to what came twice fails", () => {
    const answers = ["A1", "A2"].map((id) => heardOf(replyLetter(bytes, "Ja.", { ...fresh, id: () => id })));
    expect(verdictsOf("answered-once", answers)).toEqual(["failed"]);
    expect(verdictsOf("answered-once", answers.slice(0, 1))).toEqual(["passed"]);
  });
});

describe("what is shown changed", () => {
  it.each([
    ["version", "problem_med_version"],
    ["receiver", "problem_med_modtagerID"],
    ["cut", "syntaksfejl"],
  ] as const)("%s is a fault that a well-behaved system refuses with %s", (change, code) => {
    expect(faultOf(seen, self)).toBeUndefined();
    expect(faultOf(see(changed(bytes, change)), self)?.code).toBe(code);
  });

  it("comes again in another envelope as the same letter, and is receipted again and not answered again", () => {
    const again = see(repeated(shown, () => "0123456789abcdef"));
    expect(again).toEqual({ ...seen, envelopeId: "0123456789ABCD" });
    const first = decide(seen, { self, behaviour: wellBehaved, before: new Map(), chance: 1, answers: true });
    const before = new Map([[first.key, first.verdict]]);
    const second = decide(again, { self, behaviour: wellBehaved, before, chance: 1, answers: true });
    expect(first.acts.map(({ does }) => does)).toEqual(["receipt", "answer"]);
    expect(second.acts.map(({ does }) => does)).toEqual(["receipt"]);
  });
});

describe("the conversations", () => {
  it("each expect something, in two languages, and name the section of a standard", () => {
    const checks = conversations.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.does === "expect" ? step.checks : [])),
    );
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(conversations.length);
    for (const { tells, cure, section } of checks)
      expect(
        [tells.da, tells.en, cure.da, cure.en, section.document, section.section].every(
          (text) => text.length > 2,
        ),
      ).toBe(true);
  });
});

it("chances are the same for the same seed", () => {
  const [one, other] = [seeded(7), seeded(7)];
  const drawn = Array.from({ length: 50 }, one);
  expect(Array.from({ length: 50 }, other)).toEqual(drawn);
  expect(drawn.every((chance) => chance >= 0 && chance < 1)).toBe(true);
});
