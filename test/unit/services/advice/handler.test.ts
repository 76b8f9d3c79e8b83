import { beforeEach, describe, expect, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import { letter } from "../../../support/advice-given.ts";
import { accepted, asking, createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases();
});
const [unit, asker] = [who.endocrinology, who.practice];

/** A letter as the gateway of its standard sends it on: its command is named for its sender and number. */
const receive = (from: string, to: string, written: string | { letterId: string; subject: string }) => {
  const change = typeof written === "string" ? { letterId: written } : written;
  const { letterId } = change;
  return cases.send({
    type: "advice.receiveLetter",
    by: from,
    payload: { letter: letter(from, to, change), standard: "oioxml" },
    id: `letter:${from}:${letterId}`,
  });
};

describe("a letter in no thread", () => {
  it("opens the case that its sender and number name", async () => {
    const reply = accepted(await receive(asker, unit, "B1"));
    expect(reply).toMatchObject({ caseId: caseIdFor(asker, "B1"), facts: ["AdviceAsked"], recordNo: 1 });
    expect(cases.records()).toHaveLength(1);
  });

  it("again, is a duplicate, though the index knows its own case as the thread by then", async () => {
    const first = await receive(asker, unit, "B1");
    cases.threadIs(() => caseIdFor(asker, "B1"));
    expect(await receive(asker, unit, "B1")).toEqual({ ...first, duplicate: true });
  });

  it("again, stays in its own case, though the index finds another thread by then", async () => {
    const first = await receive(asker, unit, "B1");
    const { caseId } = await asking(cases);
    cases.threadIs(() => caseId);
    expect(await receive(asker, unit, "B1")).toEqual({ ...first, duplicate: true });
    expect(cases.records(caseIdFor(asker, "B1"))).toHaveLength(1);
    expect(cases.records(caseId)).toHaveLength(1);
  });

  it("with other content under its number is refused", async () => {
    await receive(asker, unit, "B1");
    expect(await receive(asker, unit, { letterId: "B1", subject: "Noget andet" })).toMatchObject({
      code: "content-differs",
    });
  });
});

describe("a letter in a thread", () => {
  let caseId: string;
  beforeEach(async () => {
    ({ caseId } = await asking(cases));
    cases.threadIs(() => caseId);
  });
  const pointer = caseIdFor(unit, "B2");

  it("leaves a pointer under its own id, and is decided in the case of its thread", async () => {
    const reply = accepted(await receive(unit, asker, "B2"));
    expect(reply).toMatchObject({ caseId, recordNo: 2, facts: ["AdviceAnswered"] });
    expect(cases.records(pointer)).toMatchObject([
      {
        facts: [{ type: "RoutedToCase", caseId }],
        deliveries: [],
        clocks: [],
        meta: { status: "routed", parties: [unit], commandId: `route:letter:${unit}:B2` },
      },
    ]);
  });

  it("again, finds the same case by its pointer, whatever the index says by then", async () => {
    const first = await receive(unit, asker, "B2");
    for (const now of [undefined, caseIdFor("a", "b")]) {
      cases.threadIs(() => now);
      expect(await receive(unit, asker, "B2")).toEqual({ ...first, duplicate: true });
    }
    expect(cases.records(pointer)).toHaveLength(1);
    expect(cases.records(caseId)).toHaveLength(2);
  });

  it("with other content under its number is refused in the case of its thread", async () => {
    await receive(unit, asker, "B2");
    expect(await receive(unit, asker, { letterId: "B2", subject: "Noget andet" })).toMatchObject({
      status: "refused",
      code: "content-differs",
      caseId,
    });
  });

  it("whose pointer was written before a crash is decided when it comes again", async () => {
    // The pointer, a look at its case, and then the journal goes away.
    cases.journal.befall("none", "none", ...Array.from({ length: 8 }, () => "unavailable" as const));
    await expect(receive(unit, asker, "B2")).rejects.toMatchObject({ code: "journal-unavailable" });
    expect(cases.records(pointer)).toHaveLength(1);
    expect(accepted(await receive(unit, asker, "B2"))).toMatchObject({ caseId, facts: ["AdviceAnswered"] });
  });

  it("of whoever is no party to that case learns nothing of it", async () => {
    const reply = await receive(who.otherPractice, unit, "B3");
    expect(reply).toMatchObject({ status: "refused", code: "case-unknown" });
    expect(cases.records(caseId)).toHaveLength(1);
  });
});

describe("a letter that names another sender than who sent it", () => {
  it("is refused, and touches no case of the sender that it names", async () => {
    const payload = { letter: letter(asker, unit, { letterId: "B1" }), standard: "oioxml" };
    const forged = { type: "advice.receiveLetter", by: who.otherPractice, payload, id: "forged" };
    expect(await cases.send(forged)).toMatchObject({ code: "sender-not-authorised" });
    expect(cases.records(caseIdFor(asker, "B1"))).toEqual([]);
    expect(accepted(await receive(asker, unit, "B1")).recordNo).toBe(1);
  });

  it("cannot answer for the unit, in the thread of its case", async () => {
    const { caseId } = await asking(cases);
    cases.threadIs(() => caseId);
    const payload = { letter: letter(unit, asker, { letterId: "B2" }), standard: "oioxml" };
    const forged = { type: "advice.receiveLetter", by: asker, payload, id: "forged" };
    expect(await cases.send(forged)).toMatchObject({ status: "refused", code: "sender-not-authorised" });
    expect(cases.state(caseId).status).toBe("asked");
  });
});

describe("a letter that its codec refused", () => {
  const refuse = () =>
    cases.send({
      type: "advice.refuseLetter",
      by: asker,
      payload: {
        letterId: "B1",
        problems: [{ path: "", code: "version-wrong", message: "Nej" }],
        contentDigest: "d",
      },
      id: `letter:${asker}:B1`,
    });

  it("is recorded under the id that it would have opened, and its refusal never flips", async () => {
    const first = await refuse();
    expect(first).toMatchObject({ status: "refused", code: "version-wrong", caseId: caseIdFor(asker, "B1") });
    expect(await refuse()).toEqual({ ...first, duplicate: true });
  });

  it("under a number that was used for a letter is refused as other content", async () => {
    await receive(asker, unit, "B1");
    expect(await refuse()).toMatchObject({ status: "refused", code: "content-differs" });
  });
});

describe("commands on cases", () => {
  it("of a case that does not exist are refused, and leave none behind", async () => {
    const payload = { caseId: caseIdFor("a", "b"), text: "Ja" };
    for (const by of [unit, "hub"])
      expect(await cases.send({ type: "advice.answer", by, payload })).toMatchObject({
        code: "case-unknown",
      });
    expect(cases.records()).toEqual([]);
  });

  it("under the id of a pointer are told where it points", async () => {
    const { caseId } = await asking(cases);
    cases.threadIs(() => caseId);
    await receive(unit, asker, "B2");
    const payload = { caseId: caseIdFor(unit, "B2"), text: "Ja" };
    expect(await cases.send({ type: "advice.answer", by: unit, payload })).toMatchObject({
      status: "ignored",
      reason: `routed:${caseId}`,
    });
  });

  it("that ask name the case by the asker's own id: two askers with one id have two cases", async () => {
    const ids = [];
    for (const by of [asker, who.otherPractice])
      ids.push(
        accepted(await cases.send({ type: "advice.ask", by, payload: question("M-1"), id: "ask-1" })).caseId,
      );
    expect(new Set(ids).size).toBe(2);
  });
});
