import { describe, expect, it } from "vitest";
import { envelopeIdOf, vansIdsOf } from "../../../../../contracts/derived-ids.ts";
import { local } from "../../../../support/clock-given.ts";
import { owedQuestion } from "../../../../support/delivery-given.ts";
import { projected } from "../../../../support/memory-index.ts";
import { changed, organisation, regionWith, who } from "../../../../support/region-view.ts";

const unit = who.endocrinology;
const timer = "delivery.1.0|a|delivery";

describe("a document that is sent again", () => {
  it("waits in the inbox anew, and every envelope it was sent in leads to it", async () => {
    const owed = await owedQuestion();
    const { deliveryId, cases, caseId } = owed;
    cases.at("2026-11-23 10:20");
    await owed.fetch();
    const fetched = projected(cases.records());
    expect(fetched.get("timers")?.get(`${caseId}|${timer}`)).toBe(
      String(Date.parse(local("2026-11-23 10:50"))),
    );
    cases.at("2026-11-23 10:50");
    await owed.ring();
    const kept = projected(cases.records());
    expect(kept.get(`delivery:${deliveryId}`)?.get("status")).toBe("waiting");
    expect(kept.get(`open:${unit}`)?.has(deliveryId)).toBe(true);
    for (const sending of [1, 2])
      expect(kept.get(`envelope:${envelopeIdOf(deliveryId, sending)}`)?.get("")).toBe(deliveryId);
  });

  it("in a VANSEnvelope is found by the identifiers of each envelope, and of the message", async () => {
    const channels = organisation(unit).channels.map((c) => ({ ...c, envelope: "vans" as const }));
    const owed = await owedQuestion(regionWith(changed(unit, { channels })));
    await owed.fetch();
    owed.cases.at("2026-11-23 11:00");
    await owed.ring();
    const kept = projected(owed.cases.records());
    for (const sending of [1, 2])
      for (const id of Object.values(vansIdsOf(owed.deliveryId, sending)))
        expect(kept.get(`envelope:${id}`)?.get("")).toBe(owed.deliveryId);
  });
});

describe("a document that is settled", () => {
  it("leaves the open inbox and has no timer left", async () => {
    const owed = await owedQuestion();
    await owed.fetch();
    await owed.settle();
    const kept = projected(owed.cases.records());
    expect(kept.get(`open:${unit}`)).toBeUndefined();
    expect(kept.get("timers")?.has(`${owed.caseId}|${timer}`)).toBe(false);
  });

  it("by an operator on the way leaves its receiver's open inbox", async () => {
    const channels = organisation(unit).channels.map((c) => ({ ...c, operator: "DKVANSTEST" }));
    const owed = await owedQuestion(regionWith(changed(unit, { channels })));
    await owed.receipt(1, { outcome: "negative", level: "operator" }, "DKVANSTEST");
    expect(projected(owed.cases.records()).get(`open:${unit}`)).toBeUndefined();
  });
});
