import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CaseView } from "../../../../contracts/messages/worklist.ts";
import { caseText } from "../../../../gateways/cli/case-text.ts";

const example = JSON.parse(readFileSync("contracts/examples/worklist/valid/case.json", "utf8")) as {
  message: unknown;
};
const view = CaseView.parse(example.message);
const told = { nameOf: (gln: string) => `<${gln}>`, now: "2026-11-23T12:00:00.000Z" };
const record = view.records[0];
if (record === undefined) throw new Error("The example has no record.");
const id = `${view.caseId}.1.0`;
const at = "2026-11-24T09:00:00.000Z";

const linesOf = (changes: Partial<typeof record>): string[] =>
  caseText({ ...view, records: [{ ...record, facts: [], deliveries: [], clocks: [], ...changes }] }, told)
    .split("\n")
    .slice(-1)
    .map((line) => line.trim());

describe("a case as text", () => {
  it("tells where it stands, between whom, its clocks and each record with who and when", () => {
    const text = caseText(view, told);
    expect(text).toContain(`Case ${view.caseId}: advice, ${view.status}`);
    for (const party of view.parties) expect(text).toContain(`<${party}> (${party})`);
    for (const { agreement } of view.clocks) expect(text).toContain(agreement);
    expect(text).toContain("Advice asked");
    expect(text).toContain(`<${record.meta.actor}>`);
  });

  it("holds nothing of the patient and nothing that was written", () => {
    const said = JSON.stringify(view.records.map(({ facts }) => facts));
    const values = [...said.matchAll(/"(?:cpr|surname|givenName|subject|street)":"([^"]+)"/g)].map(
      ([, value = ""]) => value,
    );
    expect(values.length).toBeGreaterThan(0);
    const text = caseText(view, told);
    expect(values.filter((value) => text.includes(value))).toEqual([]);
  });

  it.each([
    [{ change: "fetched", deliveryId: id, at, by: "1" }, "delivery 1.0: fetched"],
    [{ change: "acknowledged", deliveryId: id, at, by: "1", how: "receipt" }, "delivery 1.0: receipt given"],
    [
      { change: "acknowledged", deliveryId: id, at, by: "1", how: "action" },
      "delivery 1.0: read, since its receiver acted on it",
    ],
    [
      { change: "failed", deliveryId: id, at, by: "1", code: "syntaksfejl" },
      "delivery 1.0: its receiver could not take it (syntaksfejl)",
    ],
  ] as const)("tells what became of a delivery: %o", (change, line) => {
    expect(linesOf({ deliveries: [change] })).toEqual([line]);
  });

  it.each([
    [
      { change: "paused", clockId: "A.1", at, reason: "InformationRequested" },
      "clock A.1: paused (information requested)",
    ],
    [
      { change: "resumed", clockId: "A.1", at, warnAt: at, due: at },
      "clock A.1: runs again, due tirsdag 24. november kl. 10.00",
    ],
    [{ change: "stopped", clockId: "A.1", at, inTime: true }, "clock A.1: stopped, in time"],
    [{ change: "stopped", clockId: "A.1", at, inTime: false }, "clock A.1: stopped, too late"],
    [{ change: "cancelled", clockId: "A.1", at, reason: "withdrawn" }, "clock A.1: cancelled (withdrawn)"],
    [{ change: "warned", clockId: "A.1", at }, "clock A.1: warned, it falls due soon"],
    [{ change: "breached", clockId: "A.1", at }, "clock A.1: overdue"],
  ] as const)("tells what became of a clock: %o", (change, line) => {
    expect(linesOf({ clocks: [change] })).toEqual([line]);
  });

  it("tells of a refusal, and that of what", () => {
    const meta = {
      ...record.meta,
      outcome: "refused",
      refusal: "wrong-state",
      commandType: "advice.answer",
    } as const;
    expect(linesOf({ meta })).toEqual(["Refused: wrong-state (advice.answer)"]);
  });
});
