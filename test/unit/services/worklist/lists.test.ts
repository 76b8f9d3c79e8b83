import { beforeEach, describe, expect, it } from "vitest";
import { letter, now } from "../../../support/advice-given.ts";
import { projected } from "../../../support/memory-index.ts";
import { who } from "../../../support/region-view.ts";
import { createWorklistCases, ids, type WorklistCases } from "../../../support/worklist-cases.ts";

let cases: WorklistCases["cases"];
let ask: WorklistCases["ask"];
let say: WorklistCases["say"];
let list: WorklistCases["list"];
beforeEach(() => {
  ({ cases, ask, say, list } = createWorklistCases());
});

describe("what is expected of an organisation", () => {
  it("is what it owes, the earliest due first, with who by name, what and by when", async () => {
    const late = await ask("M-1");
    cases.at("2026-11-20 09:00");
    const early = await ask("M-2", { messageId: "M-2", priority: "high" });
    const found = await list("expected", who.endocrinology, {});
    expect(ids(found)).toEqual([early, late]);
    expect(found.items[1]).toMatchObject({
      family: "advice",
      kind: "specialist",
      status: "asked",
      opener: who.practice,
      openedAt: now,
      updatedAt: now,
      parties: [who.practice, who.endocrinology],
      awaits: [
        {
          who: who.endocrinology,
          name: "Regionshospitalet Nordfjord, Endokrinologisk Afd.",
          act: "answer",
          due: expect.any(String) as string,
          overdue: false,
        },
      ],
    });
  });

  it("moves with the ball: to the asker while information is asked for, and back", async () => {
    const caseId = await ask("M-1");
    const expected = async (gln: string) => ids(await list("expected", gln, {}));
    const sent = async (gln: string) => ids(await list("sent", gln, {}));
    expect([await expected(who.endocrinology), await sent(who.practice)]).toEqual([[caseId], [caseId]]);
    expect([await expected(who.practice), await sent(who.endocrinology)]).toEqual([[], []]);
    await say("requestInformation", who.endocrinology, { caseId });
    expect([await expected(who.practice), await sent(who.endocrinology)]).toEqual([[caseId], [caseId]]);
    expect([await expected(who.endocrinology), await sent(who.practice)]).toEqual([[], []]);
    await say("giveInformation", who.practice, { caseId });
    expect([await expected(who.endocrinology), await sent(who.practice)]).toEqual([[caseId], [caseId]]);
  });

  it("is nothing once the case is closed, which every party still finds among its cases", async () => {
    const caseId = await ask("M-1");
    await say("answer", who.endocrinology, { caseId });
    for (const gln of [who.practice, who.endocrinology])
      for (const type of ["expected", "sent", "overdue"]) expect(ids(await list(type, gln, {}))).toEqual([]);
    for (const gln of [who.practice, who.endocrinology])
      expect((await list("cases", gln, {})).items).toMatchObject([
        { caseId, closed: true, status: "answered" },
      ]);
  });

  it("leaves the list of a unit that passed it on, and stands in that of the next", async () => {
    const caseId = await ask("M-1");
    await say("redirect", who.endocrinology, { caseId, to: { gln: who.cardiology }, reason: "x" });
    expect(ids(await list("expected", who.endocrinology, {}))).toEqual([]);
    expect(ids(await list("expected", who.cardiology, {}))).toEqual([caseId]);
  });

  it("is seen by the whole that a unit is part of, and by no other", async () => {
    const caseId = await ask("M-1");
    for (const gln of [who.hospital, who.region])
      expect(ids(await list("expected", gln, {}))).toEqual([caseId]);
    for (const gln of [who.otherHospital, who.cardiology, who.otherPractice, who.nobody])
      for (const type of ["expected", "sent", "overdue", "cases"])
        expect(ids(await list(type, gln, {}))).toEqual([]);
  });

  it("stands once for a whole, though two of its units are parties", async () => {
    const caseId = await ask("M-1");
    await say("redirect", who.endocrinology, { caseId, to: { gln: who.cardiology }, reason: "x" });
    expect(ids(await list("cases", who.hospital, {}))).toEqual([caseId]);
    expect(ids(await list("overdue", who.hospital, {}, { now: () => "2027-06-01T00:00:00.000Z" }))).toEqual([
      caseId,
    ]);
  });

  it("holds no name, number or text of the citizen", async () => {
    await ask("M-1");
    const text = JSON.stringify([
      await list("expected", who.endocrinology, {}),
      ...[...projected(cases.records())].filter(([key]) => /^(case|patient|id|places):/.test(key)),
    ]);
    for (const value of Object.values(
      JSON.parse(JSON.stringify(letter(who.practice, who.endocrinology).patient)) as object,
    ))
      if (typeof value === "string" && value.length > 3 && value !== "inaktiv")
        expect(text).not.toContain(value);
    expect(text).not.toContain("Hvad nu?");
  });
});

describe("what is late", () => {
  it("is late by the clock of the wall, also when no timer rang, for who owes it and for who waits", async () => {
    const caseId = await ask("M-1");
    const later = { now: () => "2026-12-24T12:00:00.000Z" };
    for (const gln of [who.practice, who.endocrinology]) {
      expect(ids(await list("overdue", gln, {}))).toEqual([]);
      const [late] = (await list("overdue", gln, {}, later)).items;
      expect(late).toMatchObject({ caseId, awaits: [{ overdue: true }] });
    }
    expect(ids(await list("expected", who.endocrinology, { overdue: true }, later))).toEqual([caseId]);
    expect(ids(await list("expected", who.endocrinology, { overdue: false }, later))).toEqual([]);
  });
});
