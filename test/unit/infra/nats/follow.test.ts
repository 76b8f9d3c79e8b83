import { expect, test } from "vitest";
import { familySubjects } from "../../../../contracts/subjects.ts";
import { fits } from "../../../../infra/nats/follow.ts";

test.each([
  [familySubjects("booking"), "case.07.booking.0190", true],
  [familySubjects("booking"), "case.07.bookings.0190", false],
  [familySubjects("booking"), "case.07.booking", false],
  ["a.*", "a.b", true],
  ["a.*", "a.b.c", false],
  ["a.*", "a", false],
  ["a.>", "a.b.c", true],
  ["a.>", "a", false],
  ["a.b", "a.b", true],
  ["a.b", "a.b.c", false],
])("the pattern %s and the subject %s: %s", (pattern, subject, expected) => {
  expect(fits(pattern)(subject)).toBe(expected);
});
