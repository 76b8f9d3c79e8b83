import { describe, expect, test } from "vitest";
import { chromiumPath, visit } from "../../support/console/browser.ts";
import { consoleStage } from "../../support/console/console-hub.ts";
import { clinicDays } from "../../support/console/days/clinics.ts";
import { othersAt } from "../../support/console/days/day.ts";
import { runningDays } from "../../support/console/days/running.ts";

const looks = [
  { language: "da", size: "desktop" },
  { language: "en", size: "phone" },
  { language: "da", size: "phone" },
  { language: "en", size: "desktop" },
] as const;

/** Each day in both languages and at both sizes; which goes with which changes from day to day. */
const days = [...clinicDays, ...runningDays].flatMap((day, at) =>
  [0, 1].flatMap((no) =>
    looks.slice((at % 2) * 2 + no, (at % 2) * 2 + no + 1).map((look) => ({ ...day, no, ...look })),
  ),
);

describe.skipIf(chromiumPath === undefined)("the main day of each role", () => {
  const { hub, browser } = consoleStage();

  test.each(days)("$role ($language, $size)", async ({ person, live, no, language, size }) => {
    await using seen = await visit(browser(), hub().url, { person, language, size });
    const say = ([da, en]: readonly [string, string]): string => (language === "en" ? en : da);
    await live({ page: seen.page, no, say, others: othersAt(hub().api) });
    expect(seen.faults).toEqual([]);
  });
});
