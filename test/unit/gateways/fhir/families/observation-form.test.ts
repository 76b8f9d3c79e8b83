import { describe, expect, it } from "vitest";
import { fhirTypeOfFact } from "../../../../../contracts/codes/fact-documents.ts";
import { hasHomeCareForm } from "../../../../../contracts/codes/fhir-observation-parameters.ts";
import { ObservationFact } from "../../../../../contracts/messages/observation-facts.ts";
import { performer, world } from "../../../../support/fhir-observation-told.ts";
import { isbar, totalling } from "../../../../support/observation-given.ts";
import { sampleOf } from "../../../../support/zod-samples.ts";

describe("what has no form as HomeCareObservation", () => {
  it("is a fact of any other kind, which is told in words", () => {
    const told = ObservationFact.options.map((option) => {
      const [fact] = [sampleOf(option, { full: true, turn: 0, key: "fact" })] as ObservationFact[];
      return [option.shape.type.value, fact === undefined ? undefined : fhirTypeOfFact(fact)] as const;
    });
    const formed = ["Measured", "PartlyMeasured", "MeasurementRetracted"];
    expect(told.filter(([type]) => !formed.includes(type)).every(([, kind]) => kind === undefined)).toBe(
      true,
    );
  });

  it.each([
    ["whoever measured is not named", {}],
    ["has no role of MedCom's", { performer: { ...performer, title: "Datalog" } }],
    ["cannot be called back", { performer: { name: "Mette", title: "Sygeplejerske" } }],
  ])("is a measurement of which %s: it is told in words", async (_, change) => {
    const { open, owed } = world();
    await open({ values: totalling(0), ...change });
    expect(owed().map(({ documentType }) => documentType)).toEqual(["XDIS91"]);
  });

  it("is a question to a doctor: the message has no place for it", async () => {
    const { hub, open, owed } = world();
    await open({ values: totalling(3), performer, isbar });
    expect(owed().map(({ documentType }) => documentType)).toEqual(["XDIS91"]);
    const [fact] = hub
      .facts(owed()[0]?.deliveryId.slice(0, 36) ?? "")
      .filter(({ type }) => type === "DoctorAsked");
    expect(fact === undefined ? undefined : hasHomeCareForm(fact)).toBe(false);
  });

  it("is a score of another scheme than TOBS without results of its own", async () => {
    const { open, owed } = world();
    await open({ values: { pulse: 70 }, performer }, { scheme: { id: "news2" } });
    expect(owed().map(({ documentType }) => documentType)).toEqual(["XDIS91"]);
  });
});
