import { describe, expect, test } from "vitest";
import { axeViolations, chromiumPath, visit } from "../../support/console/browser.ts";
import { consoleStage } from "../../support/console/console-hub.ts";
import { consolePages, untilThere } from "../../support/console/pages.ts";

describe.skipIf(chromiumPath === undefined)("every page of the console", () => {
  const { hub, browser } = consoleStage();

  test.each(consolePages)(
    "$path: $person meets nothing that axe finds wrong, in light and dark",
    async ({ person, path }) => {
      for (const look of [
        { scheme: "light", size: "desktop" },
        { scheme: "dark", size: "phone", language: "en" },
      ] as const) {
        await using seen = await visit(browser(), hub().url, { person, ...look });
        const { page, faults } = seen;
        await page.goto(`/console${path}`);
        await untilThere(page);
        expect(await axeViolations(page), JSON.stringify(look)).toEqual([]);
        const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(wide, "no page scrolls sideways").toBeLessThanOrEqual(0);
        expect(faults).toEqual([]);
      }
    },
  );

  test.each(["specialist-cardiology", "doctor-aaparken", "acute-nurse-nordfjord"])(
    "%s opens the first case of what is sent or expected, with nothing that axe finds wrong",
    async (person) => {
      for (const look of [{}, { scheme: "dark", size: "phone", language: "en" }] as const) {
        await using seen = await visit(browser(), hub().url, { person, ...look });
        const { page, faults } = seen;
        for (const path of ["/", "/sent"]) {
          await page.goto(`/console${path}`);
          await untilThere(page);
          const href = await page
            .locator('a[href*="/cases/"]')
            .first()
            .getAttribute("href", { timeout: 3_000 })
            .catch(() => null);
          if (href === null) continue;
          await page.goto(href);
          await untilThere(page);
          expect(await axeViolations(page), JSON.stringify({ path, ...look })).toEqual([]);
        }
        expect(page.url()).toContain("/cases/");
        expect(faults).toEqual([]);
      }
    },
  );

  test("a stranger sees the way in, and nothing else", async () => {
    await using seen = await visit(browser(), hub().url, {});
    await seen.page.goto("/console/operations");
    await seen.page.getByRole("heading", { name: "Log ind" }).waitFor();
    expect(await axeViolations(seen.page)).toEqual([]);
    await seen.page.getByRole("button", { name: /Asta Åkjær/ }).click();
    await seen.page.getByRole("heading", { level: 1 }).waitFor();
    expect(seen.faults).toEqual([]);
  });
});
