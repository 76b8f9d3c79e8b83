import { describe, expect, it } from "vitest";
import type { Agreement } from "../../../../contracts/agreement.ts";
import { agreements } from "../../../../contracts/codes/agreements.ts";
import { noCase } from "../../../../services/case/case-state.ts";
import { clockChanges } from "../../../../services/case/clock-effects.ts";
import type { Owing } from "../../../../services/case/decision.ts";
import { likeAgreement } from "../../../support/agreement-sets.ts";
import { local } from "../../../support/clock-given.ts";
import { changed, regionWith, who } from "../../../support/region-view.ts";

const directory = regionWith(changed(who.endocrinology, { specialities: ["med_endokrinologi"] }));
const owed: Owing = { kind: "specialist", debtor: who.endocrinology, creditor: who.practice };
const started = (more: readonly Agreement[], owing: Owing = owed, factTypes = ["AdviceAsked"]) =>
  clockChanges(
    noCase("c"),
    { at: local("2026-11-23 10:15"), recordNo: 1, factTypes, owing: [owing] },
    { family: "advice", agreements: [...agreements, ...more], directory },
  ).map((change) =>
    change.change === "started" ? [change.clockId, change.agreementVersion] : change.change,
  );
const own = (id: string, change: Partial<Agreement>): Agreement =>
  likeAgreement("ADVICE-MSG", { id: `ADVICE-MSG-${id}`, ...change });

describe("a clock that starts", () => {
  it("runs by the most specific agreement of its promise, and one promise starts one clock", () => {
    const unit = own("UNIT", { parties: { debtor: { organisations: [who.endocrinology] } } });
    const hospital = own("HOSPITAL", { parties: { debtor: { organisations: [who.hospital] } } });
    expect(started([])).toEqual([["ADVICE-MSG.1", 1]]);
    expect(started([hospital])).toEqual([["ADVICE-MSG-HOSPITAL.1", 1]]);
    expect(started([hospital, unit])).toEqual([["ADVICE-MSG-UNIT.1", 1]]);
  });

  it("is told apart by the speciality of who owes it, by how urgent it is, and by who waits", () => {
    const { appliesTo } = likeAgreement("ADVICE-MSG");
    const speciality = own("ENDO", { appliesTo: { ...appliesTo, specialities: ["med_endokrinologi"] } });
    const high = own("HIGH", { appliesTo: { ...appliesTo, priorities: ["high"] } });
    const waiting = own("GP", { parties: { creditor: { organisations: [who.practice] } } });
    expect(started([speciality])).toEqual([["ADVICE-MSG-ENDO.1", 1]]);
    expect(started([speciality, waiting])).toEqual([["ADVICE-MSG-GP.1", 1]]);
    expect(started([high])).toEqual([["ADVICE-MSG.1", 1]]);
    expect(started([high, waiting], { ...owed, priority: "high" })).toEqual([["ADVICE-MSG-HIGH.1", 1]]);
  });

  it("is that of reading, where a municipality writes to a hospital", () => {
    const letter = { kind: "correspondence", debtor: who.endocrinology, creditor: who.municipality };
    expect(started([], letter)).toEqual([["COR-HOSP-READ.1", 1]]);
  });

  it("is that of the promises that the decision names, whatever their agreements are called", () => {
    const fast = own("FAST", { parties: { debtor: { organisations: [who.endocrinology] } } });
    expect(started([fast], { ...owed, promises: ["ADVICE-MSG"] })).toEqual([["ADVICE-MSG-FAST.1", 1]]);
    expect(started([fast], { ...owed, promises: ["COR-ROUTINE"] })).toEqual([]);
  });
});
