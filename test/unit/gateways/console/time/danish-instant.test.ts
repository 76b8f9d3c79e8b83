import { expect, test } from "vitest";
import { instantOf, wallOf } from "../../../../../gateways/console/web/src/time/danish-instant.ts";

test("a Danish time is an instant, in winter and in summer", () => {
  expect(instantOf("2026-11-23T14:30")).toBe("2026-11-23T13:30:00.000Z");
  expect(instantOf("2026-07-01T00:15")).toBe("2026-06-30T22:15:00.000Z");
  expect(wallOf(Date.parse("2026-06-30T22:15:00.000Z"))).toBe("2026-07-01T00:15");
});

test("the hour that comes twice is the first of the two, and the one that never comes is the hour after", () => {
  expect(instantOf("2026-10-25T02:30")).toBe("2026-10-25T00:30:00.000Z");
  expect(instantOf("2026-03-29T02:30")).toBe("2026-03-29T01:30:00.000Z");
});

test("what is no time is no instant", () => {
  expect(instantOf("2026-11-23")).toBeUndefined();
  expect(instantOf("2026-13-23T14:30")).toBeUndefined();
});
