import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AttachmentLetter } from "../../../../../contracts/letter.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { partyOf, receiverPartyOf } from "../../../../../services/case/directory-view.ts";
import { letter, naming, photoObject, scan } from "../../../../support/advice-given.ts";
import { accepted, createTestCases, type TestCases } from "../../../../support/case-given.ts";
import { listed, projected } from "../../../../support/memory-index.ts";
import { organisation, who } from "../../../../support/region-view.ts";

const [unit, asker] = [who.endocrinology, who.practice];

const attach = (cases: TestCases, letterId = "BILAG1") =>
  cases.send({
    type: "attachment.receive",
    by: asker,
    payload: {
      standard: "oioxml",
      letter: AttachmentLetter.parse({
        letterId,
        authorised: "2026-11-23T10:14",
        statisticalCode: "XBIN01",
        sender: partyOf(organisation(asker)),
        receiver: receiverPartyOf(organisation(unit)),
        about: { kind: "system" },
        objects: [photoObject, scan],
      }),
    },
  });
const join = (cases: TestCases, caseId: string, attachmentCaseId: string) =>
  cases.send({
    type: "advice.joinAttachments",
    by: "hub",
    payload: { caseId, attachmentCaseId, sender: asker, objects: [photoObject] },
  });
const receive = (cases: TestCases, letterId: string, referring = photoObject.objectId) =>
  cases.send({
    type: "advice.receiveLetter",
    by: asker,
    payload: { letter: letter(asker, unit, { letterId, ...naming(referring) }), standard: "oioxml" },
  });

describe("the order of cases", () => {
  /** One step of a case's life, by its number; a step that the case does not allow is refused, and that is a record too. */
  const steps = [
    (c: TestCases, caseId: string) =>
      c.send({ type: "advice.requestInformation", by: unit, payload: { caseId, text: "?" } }),
    (c: TestCases, caseId: string) =>
      c.send({ type: "advice.giveInformation", by: asker, payload: { caseId, text: "!" } }),
    (c: TestCases, caseId: string) =>
      c.send({ type: "advice.answer", by: unit, payload: { caseId, text: "!" } }),
    (c: TestCases, caseId: string) =>
      c.send({ type: "advice.askFollowUp", by: asker, payload: { caseId, text: "?" } }),
    (c: TestCases, caseId: string) =>
      c.send({
        type: "advice.redirect",
        by: unit,
        payload: { caseId, to: { gln: who.cardiology }, reason: "x" },
      }),
    (c: TestCases, caseId: string) =>
      c.send({ type: "delivery.markFetched", by: unit, payload: { deliveryId: `${caseId}.1.0` } }),
    (c: TestCases, caseId: string) => c.ring(caseId, "ADVICE-MSG.1"),
    (c: TestCases, caseId: string) => join(c, caseId, "3d2c6a7b-6f0a-5d1f-9f55-8c905f0b3c1e"),
    (c: TestCases) => attach(c),
    (c: TestCases) => attach(c, "BILAG2"),
  ];
  const life = fc.array(
    fc.record({
      of: fc.nat({ max: 2 }),
      step: fc.nat({ max: steps.length - 1 }),
      hours: fc.nat({ max: 30 }),
    }),
    { minLength: 3, maxLength: 20 },
  );

  const lived = async (course: { of: number; step: number; hours: number }[]): Promise<CaseRecord[]> => {
    const cases = createTestCases();
    const ids = [];
    for (const letterId of ["B1", "B2", "B3"]) ids.push(accepted(await receive(cases, letterId)).caseId);
    let time = Date.parse("2026-11-23T09:15:00.000Z");
    for (const { of, step, hours } of course) {
      time += hours * 3_600_000;
      cases.at(new Date(time).toISOString().slice(0, 16).replace("T", " "));
      await steps[step]?.(cases, ids[of] ?? "");
    }
    return cases.records();
  };
  /** The records again, each case's own in their order, the cases interleaved as `choices` say. */
  const interleaved = (records: readonly CaseRecord[], choices: readonly number[]): CaseRecord[] => {
    const ids = [...new Set(records.map(({ caseId }) => caseId))];
    const queues = ids.map((id) => records.filter(({ caseId }) => caseId === id));
    const order: CaseRecord[] = [];
    for (let n = 0; order.length < records.length; n++) {
      const open = queues.filter((queue) => queue.length > 0);
      const next = open[(choices[n % choices.length] ?? 0) % open.length]?.shift();
      if (next !== undefined) order.push(next);
    }
    return order;
  };

  it("does not matter: a rebuild gives the same read models, however the streams are interleaved", async () => {
    await fc.assert(
      fc.asyncProperty(life, fc.array(fc.nat(), { minLength: 1, maxLength: 40 }), async (course, choices) => {
        const records = await lived(course);
        expect(listed(projected(interleaved(records, choices)))).toEqual(listed(projected(records)));
      }),
      { numRuns: 60 },
    );
  });
});
