import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { axeViolations, chromiumPath, visit } from "../../support/console/browser.ts";
import { consoleStage } from "../../support/console/console-hub.ts";
import { untilThere } from "../../support/console/pages.ts";
import { eventually } from "../../support/eventually.ts";

const practice = "5790000100019";
const department = "5790000200016";
const endocrinology = "specialist-endocrinology";
const wide = { width: 1400, height: 900 };

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`/console${path}`);
  await untilThere(page);
};

describe.skipIf(chromiumPath === undefined)("a list that several work at", () => {
  const { hub, browser } = consoleStage();
  const call = async (gln: string, path: string, body: object): Promise<string> => {
    const answer = await hub().api.call({
      ...{ method: "POST", path, type: "application/json", body: JSON.stringify(body) },
      as: { gln, role: "organisation" },
    });
    expect(answer.status).toBeLessThan(300);
    return Buffer.from(answer.bytes).toString();
  };
  const asked = async (surname: string): Promise<string> => {
    const answer = await call(practice, "/v1/advice", {
      messageId: `desk-${surname}-${String(Math.random()).slice(2, 10)}`,
      to: { gln: department },
      patient: { cpr: "0204480000", givenName: "Dagny", surname },
      ...{ subject: "Stofskifte", question: "Hvad nu?", priority: "high" },
    });
    return (JSON.parse(answer) as { caseId: string }).caseId;
  };
  const row = (page: Page, surname: string) => page.locator(".line-row", { hasText: surname });

  test("cases are taken together, and whoever comes late is told who has them", async () => {
    const held = await asked("Optaget");
    const free = await asked("Ledig");
    await call(department, "/v1/worklist/desk", {
      ...{ act: "claim", cases: [{ caseId: held }], by: { id: "karla-k", name: "Karla Kollega" } },
    });
    await using seen = await visit(browser(), hub().url, { person: endocrinology });
    const { page, faults } = seen;
    await page.setViewportSize(wide);
    await open(page, "/");
    await row(page, "Optaget").getByText("Taget af Karla Kollega").waitFor();
    for (const name of ["Optaget", "Ledig"]) await row(page, name).getByRole("checkbox").check();
    await page.getByRole("button", { name: "Tag", exact: true }).click();
    await page.getByText("Karla Kollega har allerede taget 1.").waitFor();
    await row(page, "Ledig").getByText("Taget af Ejnar Elmegård").waitFor();
    await page.goto(`/console/?holder=me`);
    await row(page, "Ledig").waitFor();
    expect(await row(page, "Optaget").count()).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(`/console/cases/${free}`);
    await page.getByText("Taget af mig").waitFor();
    expect(faults).toEqual([]);
  });

  test("by keyboard: the next case, its answer, and back to its line", async () => {
    await asked("Tastatur");
    await using seen = await visit(browser(), hub().url, { person: endocrinology, language: "en" });
    const { page } = seen;
    await page.setViewportSize(wide);
    await open(page, "/");
    await row(page, "Tastatur").waitFor();
    const link = row(page, "Tastatur").getByRole("link");
    expect(await link.textContent()).toContain("Unread");
    await link.focus();
    await page.keyboard.press("Enter");
    await eventually(
      async () =>
        (await page.evaluate("document.activeElement?.className")) === "beside-case" ? true : undefined,
      "the case has the focus",
    );
    await page.keyboard.press("Escape");
    await eventually(
      async () =>
        (await page.evaluate("document.activeElement?.getAttribute('data-case')")) ===
        (await link.getAttribute("data-case"))
          ? true
          : undefined,
      "its line has the focus again",
    );
    await page.keyboard.press("a");
    const form = page.locator("form").last();
    await form.getByRole("textbox", { name: "Answer", exact: true }).waitFor();
    await eventually(
      async () =>
        (await page.evaluate("document.activeElement?.closest('form') != null")) === true ? true : undefined,
      "the form has the focus",
    );
    await eventually(
      async () => ((await link.textContent())?.includes("Unread") === false ? true : undefined),
      "what was opened is read",
    );
  });

  test("what comes while somebody points at the list waits above it, and nothing moves", async () => {
    await asked("Under-musen");
    await using seen = await visit(browser(), hub().url, { person: endocrinology });
    const { page } = seen;
    await page.setViewportSize(wide);
    await open(page, "/");
    const before = row(page, "Under-musen");
    await before.hover();
    const place = await before.boundingBox();
    await asked("Kommer-nu");
    await page.getByRole("button", { name: "1 nye" }).waitFor();
    expect(await before.boundingBox()).toEqual(place);
    expect(await row(page, "Kommer-nu").count()).toBe(0);
    await page.getByRole("button", { name: "1 nye" }).click();
    await row(page, "Kommer-nu").waitFor();
    await page.getByRole("switch", { name: "Lyd og tal ved hast" }).check();
    await eventually(
      async () => (/^\(\d+ haster\) Arbejdsliste/.test(await page.title()) ? true : undefined),
      "the title tells how many are urgent",
    );
    expect(await page.title()).not.toMatch(/Dagny|Kommer-nu|\d{6}-?\d{4}/);
  });
});
