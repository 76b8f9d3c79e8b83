import { expect, test } from "vitest";
import { agreements } from "../../../../contracts/codes/agreements.ts";

const urgentIn = (id: string) =>
  agreements.find((one) => one.id === id)?.escalation.map(({ urgent }) => urgent === true);

test.each(["TOBS-MSG", "TOBS-REPEAT", "ACUTE-REQ", "ACUTE-VISIT-NEXT-DAY", "REF-CANCER", "IMG-CRITICAL"])(
  "%s is told at once, also at night",
  (id) => {
    expect(new Set(urgentIn(id))).toEqual(new Set([true]));
  },
);

test.each(["ADVICE-MSG", "COR-ROUTINE", "PREV-REF", "EPI-DISCHARGE", "RECEIPT"])(
  "%s waits for the day",
  (id) => {
    expect(new Set(urgentIn(id))).toEqual(new Set([false]));
  },
);

test("whoever owes an answer is warned, but of a receipt, and of what is not measured yet", () => {
  const silent = agreements.filter(({ escalation }) => escalation.every(({ on }) => on !== "warning"));
  expect(silent.map(({ id }) => id).toSorted()).toEqual(
    ["RECEIPT", ...agreements.flatMap(({ id, notYet }) => (notYet === undefined ? [] : [id]))].toSorted(),
  );
});
