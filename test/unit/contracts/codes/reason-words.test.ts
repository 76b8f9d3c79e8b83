import { expect, test } from "vitest";
import { agreements } from "../../../../contracts/codes/agreements.ts";
import { reasonWords } from "../../../../contracts/codes/reason-words.ts";

test("there are words for every fact that pauses or ends a clock of the built-in agreements, and for no other", () => {
  const named = agreements.flatMap(({ pausesOn, cancelsOn }) => [...pausesOn, ...cancelsOn]);
  expect(Object.keys(reasonWords).toSorted()).toEqual([...new Set([...named, "merged"])].toSorted());
});
