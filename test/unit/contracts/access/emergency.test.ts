import { describe, expect, test } from "vitest";
import { emergencyEnd, isInForce, mayAskEmergency } from "../../../../contracts/access/emergency.ts";
import type { AccessRole } from "../../../../contracts/access/policy.ts";
import type { EmergencyGrant } from "../../../../contracts/messages/emergency.ts";
import { type Assurance, PersonRole } from "../../../../contracts/messages/session.ts";

const from = "2026-11-23T02:10:00.000Z";
const grant: EmergencyGrant = {
  id: "0c6a3b52-3f5e-5c1b-9b5e-6f2a1d7c4e10",
  gln: "5790000210015",
  person: "doctor-emergency",
  role: "doctor",
  reason: "cannot-consent",
  from,
  until: emergencyEnd(from, 120),
  patient: "3fa9c1d27be04c55",
};
const owner = { gln: grant.gln, person: grant.person };

describe("who may ask for emergency access", () => {
  const codeFor = (roles: readonly AccessRole[], assurance?: Assurance, isPerson = true): string => {
    const may = mayAskEmergency({ roles, person: isPerson ? { assurance } : undefined });
    return may.yes ? may.role : may.code;
  };

  test("is whoever treats, and nobody else", () => {
    const allowed = PersonRole.options.filter((role) => codeFor([role], "High") === role);
    expect(allowed).toEqual(["doctor", "nurse", "acuteNurse", "visitation"]);
    expect(codeFor(["system"], "High", false)).toBe("role-not-allowed");
    expect(codeFor(["doctor"], "High", false)).toBe("role-not-allowed");
  });

  test("is a person who is known surely enough", () => {
    expect(codeFor(["doctor"], "Substantial")).toBe("doctor");
    expect(codeFor(["doctor"], "Low")).toBe("assurance-too-low");
    expect(codeFor(["doctor"])).toBe("assurance-too-low");
  });

  test("has it in the role that treats, whatever else they do", () => {
    expect(codeFor(["secretary", "nurse"], "Substantial")).toBe("nurse");
  });
});

describe("an emergency access", () => {
  test("lasts as long as it says, to the millisecond", () => {
    expect(grant.until).toBe("2026-11-23T04:10:00.000Z");
    expect(isInForce(grant, { ...owner, now: from })).toBe(true);
    expect(isInForce(grant, { ...owner, now: "2026-11-23T04:09:59.999Z" })).toBe(true);
    expect(isInForce(grant, { ...owner, now: grant.until })).toBe(false);
    expect(isInForce(grant, { ...owner, now: "2026-11-23T02:09:59.999Z" })).toBe(false);
  });

  test("is one person's at one organisation", () => {
    expect(isInForce(grant, { ...owner, person: "nurse-emergency", now: from })).toBe(false);
    expect(isInForce(grant, { ...owner, gln: "5790000100019", now: from })).toBe(false);
    expect(isInForce(undefined, { ...owner, now: from })).toBe(false);
  });
});
