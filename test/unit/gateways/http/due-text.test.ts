import { expect, test } from "vitest";
import { dueText } from "../../../../gateways/http/due-text.ts";

test("a due time is read in Danish time, in winter and in summer", () => {
  expect(dueText("2026-11-25T09:00:00.000Z", "da")).toBe("onsdag den 25. november 2026 kl. 10.00");
  expect(dueText("2026-07-01T22:30:00.000Z", "da")).toBe("torsdag den 2. juli 2026 kl. 00.30");
});

test("a due time is read in English", () => {
  expect(dueText("2026-11-25T09:00:00.000Z", "en")).toMatch(/^Wednesday,? 25 November 2026 at 10:00$/);
});
