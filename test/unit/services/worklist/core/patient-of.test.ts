import { expect, test } from "vitest";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { patientOf } from "../../../../../services/worklist/core/patient-of.ts";
import { bareRecord } from "../../../../support/bare-record.ts";

const caseId = "7d0e7d53-5f5a-4c2f-9f0a-2b1c3d4e5f60";
const patient = { cpr: "0404650010", surname: "Testesen", givenName: "Birgit" };
const card = { kind: "any", opener: "5790000100019", awaits: [], closed: false, links: [] };
const recordOf = (fact: { type: string }): CaseRecord => {
  const bare = bareRecord(caseId, 1);
  return { ...bare, facts: [fact], meta: { ...bare.meta, card: { ...card, patient: { cpr: patient.cpr } } } };
};
const today = "2026-11-23";
const known = { caseId, cpr: "0404650010", birthDate: "1965-04-04", age: 61 };

test.each([
  ["advice", { type: "AdviceAsked", letter: { patient } }],
  ["referral", { type: "ReferralSent", referral: { patient } }],
  ["discharge", { type: "StayEventReported", stay: { patient } }],
  ["observation", { type: "EpisodeOpened", patient }],
  ["booking", { type: "BookingOpened", patient }],
  ["attachment", { type: "AttachmentsReceived", letter: { about: { kind: "patient", ...patient } } }],
])("the citizen of a case of %s is named where its facts name one", (_family, fact) => {
  expect(patientOf(caseId, [recordOf(fact)], today)).toEqual({ ...known, name: "Birgit Testesen" });
});

test("a case that names no citizen is about nobody, and one whose messages hold no name has a number alone", () => {
  expect(patientOf(caseId, [bareRecord(caseId, 1)], today)).toBeUndefined();
  expect(patientOf(caseId, [recordOf({ type: "X" })], today)).toEqual(known);
});

test("the name of somebody else in a later fact is not the citizen's", () => {
  const other = { type: "Later", patient: { cpr: "1105650000", surname: "Demosen" } };
  const records = [recordOf({ type: "First", ...{ patient } }), { ...bareRecord(caseId, 2), facts: [other] }];
  expect(patientOf(caseId, records, today)?.name).toBe("Birgit Testesen");
});

test.each([
  ["2026-04-03", 60],
  ["2026-04-04", 61],
])("on %s somebody born on the 4th of April 1965 is %i", (day, age) => {
  expect(patientOf(caseId, [recordOf({ type: "X" })], day)?.age).toBe(age);
});
