import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFhirMessage } from "../../../../contracts/fhir/check-fhir-message.ts";
import { FhirMessage } from "../../../../contracts/fhir/fhir-message.ts";
import { parseMessage } from "../../../../gateways/fhir/parse-message.ts";

const folder = "contracts/examples/fhir";
const messages = readdirSync(folder).flatMap((name) => {
  const parsed = parseMessage(readFileSync(join(folder, name)));
  return parsed.kind === "message" ? [parsed.message] : [];
});

const strange = [
  "",
  " ",
  "x".repeat(300),
  "\u0001",
  "\ud800",
  "\ufffe",
  "😀".repeat(200),
  0,
  -1,
  1.5,
  null,
  true,
  [],
  {},
];

/** A copy in which the value at one place of all is another, or is not there. */
const spoilt = (value: unknown, at: { left: number }, by: unknown): unknown => {
  at.left -= 1;
  if (at.left === -1) return by;
  if (Array.isArray(value)) return value.map((one) => spoilt(one, at, by));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, one]) => [name, spoilt(one, at, by)] as const)
      .filter(([, one]) => one !== undefined),
  );
};

describe("the check of a message against its contract", () => {
  it("lets the examples pass, the first and the many after it", () => {
    for (let round = 0; round < 200; round += 1)
      for (const message of messages) expect(checkFhirMessage(message).success).toBe(true);
  });

  it("says of any message what the contract itself says", () => {
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...messages),
        fc.nat({ max: 120 }),
        fc.constantFrom(...strange, undefined),
        (message, place, by) => {
          const value = spoilt(message, { left: place }, by);
          const said = FhirMessage.safeParse(value);
          if (!said.success) refused += 1;
          expect(checkFhirMessage(value)).toEqual(said);
        },
      ),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});
