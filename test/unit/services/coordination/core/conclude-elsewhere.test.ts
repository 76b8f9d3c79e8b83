import { describe, expect, it } from "vitest";
import type { ClinicalLetter } from "../../../../../contracts/letters/any-letter.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { hubActor } from "../../../../../services/case/core.ts";
import { concludeElsewhere } from "../../../../../services/coordination/core/conclude-elsewhere.ts";
import type { Order } from "../../../../../services/coordination/core/workflow.ts";
import { xdis02, xdis15 } from "../../../../support/closing-letters.ts";
import { createLetterCases, type LetterCases } from "../../../../support/letter-cases.ts";
import { oio } from "../../../../support/oioxml-region.ts";
import { units } from "../../../../support/referral-given.ts";
import { xref01, xref15 } from "../../../../support/referral-letters.ts";
import { who } from "../../../../support/region-view.ts";

const toVisitation = (change: object = {}) =>
  xref01({ receiver: { ...xref01().receiver, gln: units.otherVisitation }, ...change });

/** What the rule asks for after the last record of a case, among the citizen's other cases. */
const ordersAfter = (hub: LetterCases, caseId: string): readonly Order[] => {
  const records = hub.cases.records();
  const own = records.filter((record) => record.caseId === caseId);
  const others = [...new Set(records.map((record) => record.caseId))]
    .filter((id) => id !== caseId)
    .map((id) => records.filter((record) => record.caseId === id));
  const last = own.at(-1);
  if (last === undefined) throw new Error("no case");
  return concludeElsewhere.concerns(last)
    ? concludeElsewhere.ordersOf([...own.slice(0, -1), last], others)
    : [];
};

const course = async (referrals: ClinicalLetter[], letter: ClinicalLetter) => {
  const hub = createLetterCases();
  const ids: string[] = [];
  for (const referral of referrals) ids.push((await hub.sent(referral)).caseId);
  const { caseId: letterCaseId } = await hub.sent(letter);
  return { hub, ids, letterCaseId, orders: ordersAfter(hub, letterCaseId) };
};

describe("a closing letter of another unit than the one that was referred to", () => {
  it("concludes the referral that it names, with a link to the letter, and both are told", async () => {
    const { hub, ids, letterCaseId, orders } = await course([toVisitation()], xdis02());
    const [caseId = ""] = ids;
    expect(orders).toEqual([
      { type: "referral.noteConclusion", payload: { caseId, by: oio.department, letterCaseId } },
    ]);
    for (const { type, payload } of orders) await hub.does(type, hubActor, payload);
    expect(hub.view(caseId)).toMatchObject({
      status: "concluded",
      links: [{ caseId: letterCaseId, relation: "concludedBy" }],
    });
    expect(hub.view(caseId).clocks.filter(({ status }) => status === "running")).toEqual([]);
    expect(hub.owedTo(oio.practice, caseId).map(({ documentType }) => documentType)).toEqual(["XDIS91"]);
    expect(hub.owedTo(units.otherVisitation, caseId)).toHaveLength(2);
  });

  it("of several that are open concludes the one that it names, and none when it names none", async () => {
    const two = [toVisitation(), toVisitation({ letterId: "HENV2", episodeOfCareId: undefined })];
    const named = await course(two, xdis02());
    expect(named.orders.map(({ payload }) => payload)).toMatchObject([{ caseId: named.ids[0] }]);
    const referral = { ...xdis02().referral, identifier: "Ukendt." };
    expect((await course(two, xdis02({ referral }))).orders).toEqual([]);
  });

  it("that names none concludes the only one that is open, unless it is of a stay", async () => {
    expect((await course([toVisitation()], xdis02({ referral: undefined }))).orders).toHaveLength(1);
    const stay = { type: "XDIS01", version: "XD0134L", referral: undefined };
    expect((await course([toVisitation()], xdis02(stay))).orders).toEqual([]);
  });

  it.each([
    ["another practice's", [toVisitation({ sender: { ...xref01().sender, gln: who.practice } })]],
    ["one to prevention", [xref15()]],
    ["none at all", []],
  ])("concludes nothing where there is %s", async (_what, referrals) => {
    expect((await course(referrals, xdis02())).orders).toEqual([]);
  });

  it("of a municipality does so too", async () => {
    const receiver = { ...xref15().receiver, gln: "5790000311033" };
    const { orders } = await course([xref15({ receiver })], xdis15());
    expect(orders).toHaveLength(1);
  });

  it("of another house leaves the referral open", async () => {
    const receiver = { ...xref01().receiver, gln: who.cardiology };
    const { hub, ids, orders } = await course([xref01({ receiver })], xdis02());
    const [order] = orders;
    if (order === undefined) throw new Error("nothing was asked");
    const reply = await hub.cases.send({ type: order.type, by: hubActor, payload: order.payload });
    expect(reply).toMatchObject({ status: "ignored", reason: "another-house" });
    expect(hub.view(ids[0] ?? "").status).toBe("sent");
  });
});

describe("any other record", () => {
  it("sets nothing off", async () => {
    const { hub, ids } = await course([xref01()], xdis02());
    const [record] = hub.cases.records(ids[0]);
    const odd = { ...record, facts: [{ type: "LoneSummaryReceived" }] } as CaseRecord;
    expect(concludeElsewhere.concerns(odd)).toBe(false);
    expect(ordersAfter(hub, ids[0] ?? "")).toEqual([]);
  });
});
