import { describe, expect, it } from "vitest";
import { homeCareScheme } from "../../../../../contracts/codes/fhir-observation-parameters.ts";
import { readHomeCareObservation } from "../../../../../gateways/fhir/codec/home-care-observation.ts";
import { readResults } from "../../../../../gateways/fhir/families/observation-results.ts";
import { type HomeCareWish, homeCareObservation } from "../../../../support/fhir-bundles.ts";

type Values = NonNullable<HomeCareWish["values"]>;
const read = (values: Values) =>
  readResults(readHomeCareObservation(homeCareObservation({ values })).message.results);
describe("results of a message, as a scheme reads them", () => {
  it.each([
    ["MCS88122", "19", "1/min", "respiration"],
    ["NPU21692", "92", "1/min", "pulse"],
    ["NPU21692", "92", "/min", "pulse"],
    ["DNK05472", "147", "mmHg", "systolic"],
    ["DNK05473", "83", "mmHg", "diastolic"],
    ["NPU08676", "38.70", "°C", "temperature"],
    ["NPU08676", "38.7", "Cel", "temperature"],
    ["NPU10197", "93", "%", "spo2"],
  ])("%s %s %s is %s, digit by digit", (code, value, unit, parameter) => {
    expect(read([{ code, value, unit }])).toMatchObject({
      values: { [parameter]: value },
      results: [{ value, parameter, codes: [{ code }] }],
      notes: [],
    });
  });

  it.each(
    homeCareScheme.parameters.flatMap(({ parameter, codes }) =>
      codes.map(({ system, code }) => [parameter, system, code] as const),
    ),
  )("know %s by %s %s, also behind another code", (parameter, system, code) => {
    const { message } = readHomeCareObservation(
      homeCareObservation({ values: [{ code: "NPU03804", value: "2", unit: "1" }] }),
    );
    const [first] = message.results;
    const codes = homeCareScheme.parameters.find((one) => one.parameter === parameter);
    const unit = codes?.units[0].names[0] ?? "";
    const value = parameter === "consciousness" ? "2" : "40";
    const results = [
      {
        ...(first as NonNullable<typeof first>),
        otherCodes: [{ system, code }],
        value: { kind: "quantity" as const, value, unit },
      },
    ];
    expect(Object.keys(readResults(results).values)).toEqual([parameter]);
  });

  it("take oxygen saturation as a fraction too, and keep it as it was written", () => {
    expect(read([{ code: "NPU10197", value: "0.93", unit: "1" }])).toMatchObject({
      values: { spo2: "93" },
      results: [{ value: "0.93" }],
    });
  });

  it.each([
    ["0", "habituel", []],
    ["1", "tiltale", ["consciousness-by-points"]],
    ["2", "smerte", []],
    ["3", "ingen", []],
  ])("take %s points of consciousness as %s", (value, code, notes) => {
    const found = read([{ code: "MCS88126", value, unit: "1" }]);
    expect(found).toMatchObject({ values: { consciousness: code }, notes });
    expect(found.results[0]?.parameter).toBe(notes.length === 0 ? "consciousness" : undefined);
  });

  it.each([
    ["a unit that the scheme does not count in", { code: "NPU08676", value: "101", unit: "°F" }],
    ["what no body can have", { code: "NPU08676", value: "387", unit: "°C" }],
    ["more than can be told", { code: "NPU21692", value: "150", unit: "1/min", comparator: ">" }],
    ["words", { code: "NPU21692", string: "svag" }],
    ["a fraction of what is counted", { code: "NPU21692", value: "92.5", unit: "1/min" }],
    ["points that the list does not have", { code: "MCS88126", value: "4", unit: "1" }],
  ])("keep %s, and do not score it", (_, value) => {
    const found = read([value]);
    expect([found.values, found.results.length, found.notes]).toEqual([{}, 1, ["value-not-scored"]]);
    expect(found.results[0]?.parameter).toBeUndefined();
  });

  it("score the last of two, and keep both", () => {
    const found = read([
      { code: "NPU21692", value: "92", unit: "1/min", at: "2026-11-23T10:05:00+01:00" },
      { code: "NPU21692", value: "110", unit: "1/min", at: "2026-11-23T09:55:00+01:00" },
    ]);
    expect(found).toMatchObject({ values: { pulse: "92" }, notes: ["value-twice"] });
    expect(found.results.map(({ value, parameter }) => [value, parameter])).toEqual([
      ["92", "pulse"],
      ["110", undefined],
    ]);
  });

  it("of other kinds are kept as what was measured, with its time, remark and interpretation", () => {
    const found = read([{ code: "NPU19748", value: "5.0", comparator: "<", unit: "mg/L", note: "Hæmolyse" }]);
    expect(found.values).toEqual({});
    expect(found.results).toMatchObject([
      {
        codes: [{ code: "NPU19748", name: "P—C-reaktivt protein; massek. = ? mg/L" }],
        value: "5.0",
        comparator: "<",
        unit: { text: "mg/L" },
        measuredAt: "2026-11-23T08:50:00.000Z",
        interpretation: { code: "NI" },
        note: "Hæmolyse",
      },
    ]);
  });

  it("tell the sender's own total, where it is a whole number", () => {
    expect(read([{ code: "MCS88125", value: "3", unit: "1" }])).toMatchObject({
      senderTotal: 3,
      results: [{ parameter: "total" }],
    });
    expect(read([{ code: "MCS88125", value: "3.5", unit: "1" }])).toMatchObject({
      senderTotal: undefined,
      notes: ["total-unreadable"],
    });
  });

  it("were measured when the last of what is scored was", () => {
    const at = (time: string) => `2026-11-23T${time}:00+01:00`;
    const found = read([
      { code: "NPU21692", value: "92", unit: "1/min", at: at("09:50") },
      { code: "MCS88122", value: "19", unit: "1/min", at: at("09:52") },
      { code: "NPU19748", value: "5", unit: "mg/L", at: at("10:10") },
    ]);
    expect(found.measuredAt).toBe("2026-11-23T08:52:00.000Z");
  });
});
