import { describe, expect, it } from "vitest";
import { isError } from "../../../../../../gateways/fhir/codec/model/fhir-problem.ts";
import { printFhir } from "../../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { parseMessage } from "../../../../../../gateways/fhir/parse-message.ts";
import { careCommunication, fhirParties, hospitalNotification } from "../../../../../support/fhir-bundles.ts";

const errorsIn = (bundle: ReturnType<typeof careCommunication>): (readonly [string, string])[] =>
  parseMessage(printFhir(bundle, "json"))
    .problems.filter(isError)
    .map(({ code, path }) => [code, path] as const);

describe("a message that keeps its rules and does not fit its contract", () => {
  it("is refused for what is too long, where that stands", () => {
    const surname = "x".repeat(256);
    expect(errorsIn(careCommunication({ family: surname }))).toEqual([
      ["element-too-long", expect.stringMatching(/^Bundle\.entry\[\d\]\.resource\.name\[0\]\.family$/)],
    ]);
    const from = { ...fhirParties.department, name: "y".repeat(300) };
    const paths = errorsIn(hospitalNotification({ from })).map(([, path]) => path);
    expect(new Set(paths).size).toBe(1);
    expect(paths[0]).toMatch(/^Bundle\.entry\[\d\]\.resource\.name$/);
  });

  it("is refused for an id that is none, in the reference that has it", () => {
    const history = [{ headerId: "x".repeat(65), activity: "new-message" }];
    const errors = errorsIn(careCommunication({ activity: "reply-message", history }));
    expect(errors.length).toBeGreaterThan(0);
    for (const [, path] of errors) expect(path).toMatch(/^Bundle\.entry\[\d\]\.resource\./);
  });

  it("is none that MedCom's rules make", () => {
    expect([errorsIn(careCommunication()), errorsIn(hospitalNotification())]).toEqual([[], []]);
  });
});
