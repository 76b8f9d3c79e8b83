import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { CaseView } from "../../../contracts/messages/worklist.ts";
import { chromiumPath, visit } from "../../support/console/browser.ts";
import { consoleStage } from "../../support/console/console-hub.ts";
import { untilThere } from "../../support/console/pages.ts";
import { portBefore } from "../../support/console/shut-port.ts";
import { eventually } from "../../support/eventually.ts";

const endocrinology = "specialist-endocrinology";
/** Markup that would tell of itself if it ran. */
const script = `<img src=x onerror="document.title='ran'"><script>document.title='ran'</script>`;

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`/console${path}`);
  await untilThere(page);
};

describe.skipIf(chromiumPath === undefined)("a day at work", () => {
  const { hub, browser } = consoleStage();

  const asked = async (subject: string): Promise<string> => {
    const body = {
      messageId: `day-${subject.length}-${String(Math.random()).slice(2, 12)}`,
      to: { gln: "5790000200016" },
      patient: { cpr: "0204480000", givenName: "Dagny", surname: "Prøvedag" },
      ...{ subject, question: `Hvad nu? ${script}`, mayConvert: true },
    };
    const answer = await hub().api.call({
      ...{ method: "POST", path: "/v1/advice", type: "application/json", body: JSON.stringify(body) },
      as: { gln: "5790000100019", role: "organisation" },
    });
    expect(answer.status).toBe(201);
    return (JSON.parse(Buffer.from(answer.bytes).toString()) as { caseId: string }).caseId;
  };
  const caseOf = async (caseId: string): Promise<CaseView> => {
    const as = { gln: "5790000200016", role: "organisation" } as const;
    const { bytes } = await hub().api.call({ path: `/v1/cases/${caseId}`, as });
    return CaseView.parse(JSON.parse(Buffer.from(bytes).toString()));
  };
  const statusOf = async (caseId: string): Promise<string> => (await caseOf(caseId)).status;
  const answersIn = async (caseId: string): Promise<number> =>
    (await caseOf(caseId)).timeline.filter(({ command }) => command === "advice.answer").length;

  test.each([
    { language: "da", size: "desktop", answer: "Svar", text: "Svar", send: "Send svar" },
    { language: "en", size: "phone", answer: "Answer", text: "Answer", send: "Send the answer" },
  ] as const)(
    "a specialist opens the list, opens a question, and answers it ($language, $size)",
    async ({ language, size, ...names }) => {
      const caseId = await asked(`Stofskifte ${language}`);
      await using seen = await visit(browser(), hub().url, { person: endocrinology, language, size });
      const { page } = seen;
      await open(page, "/");
      await page
        .getByRole("link", { name: /Dagny Prøvedag/ })
        .first()
        .click();
      await page.getByRole("button", { name: names.answer, exact: true }).click();
      const form = page.locator("form").last();
      await form.getByRole("textbox", { name: names.text, exact: true }).fill("Sæt dosis ned til 75 µg.");
      await form.getByRole("button", { name: names.send }).click();
      await eventually(async () => ((await statusOf(caseId)) === "answered" ? true : undefined), "answered");
      expect(seen.faults).toEqual([]);
    },
  );

  test("a new question comes to the list by itself, and what is said in it is text, whatever it says", async () => {
    await using seen = await visit(browser(), hub().url, { person: endocrinology });
    const { page } = seen;
    await open(page, "/");
    const before = await page.title();
    await page.mouse.move(5, 5);
    const caseId = await asked("Kommer af sig selv");
    await eventually(
      async () => ((await page.locator(`a[href*="${caseId}"]`).count()) > 0 ? true : undefined),
      "a new row, without a reload",
    );
    await open(page, `/cases/${caseId}`);
    await page.getByText("onerror=").first().waitFor();
    expect(await page.title()).not.toContain("ran");
    expect(before).not.toMatch(/Prøve|\d{6}-?\d{4}/);
    const stored = await page.evaluate<string>(
      `JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.title])`,
    );
    expect(stored).not.toMatch(/Dagny|Prøvedag|0204480000|Stofskifte/);
  });

  test("with the hub's port shut the page says so, keeps what was typed, comes back by itself, and sends once", async () => {
    const caseId = await asked("Forbindelsen ryger");
    await using port = await portBefore(hub().url);
    await using seen = await visit(browser(), port.url, { person: endocrinology });
    const { page } = seen;
    await open(page, `/cases/${caseId}`);
    const sign = page.locator(".live-sign");
    await sign.getByText("Forbundet").waitFor();
    await page.getByRole("button", { name: "Svar", exact: true }).click();
    const form = page.locator("form").last();
    const text = form.getByRole("textbox", { name: "Svar", exact: true });
    await text.fill("Det bliver stående.");
    await port.shut();
    await sign.getByText("Ingen forbindelse").waitFor();
    const send = form.getByRole("button", { name: "Send svar" });
    for (let i = 0; i < 2; i++) {
      await send.click();
      await form.getByRole("alert").first().waitFor();
    }
    expect(await text.inputValue()).toBe("Det bliver stående.");
    expect(await statusOf(caseId)).toBe("asked");
    await port.open();
    await sign.getByText("Forbundet").waitFor();
    expect(await text.inputValue()).toBe("Det bliver stående.");
    await send.click();
    await eventually(async () => ((await statusOf(caseId)) === "answered" ? true : undefined), "answered");
    expect(await answersIn(caseId)).toBe(1);
  });

  test("an answer that the hub took and whose receipt was lost on the way is sent again as the same one", async () => {
    const caseId = await asked("Kvitteringen ryger");
    await using port = await portBefore(hub().url);
    await using seen = await visit(browser(), port.url, { person: endocrinology });
    const { page } = seen;
    await open(page, `/cases/${caseId}`);
    const sign = page.locator(".live-sign");
    await sign.getByText("Forbundet").waitFor();
    await page.getByRole("button", { name: "Svar", exact: true }).click();
    const form = page.locator("form").last();
    const text = form.getByRole("textbox", { name: "Svar", exact: true });
    await text.fill("Taget én gang.");
    port.loseAnswers();
    const send = form.getByRole("button", { name: "Send svar" });
    await send.click();
    await eventually(
      async () => ((await statusOf(caseId)) === "answered" ? true : undefined),
      "the hub has it",
    );
    await port.shut();
    await form.getByRole("alert").first().waitFor();
    expect(await text.inputValue()).toBe("Taget én gang.");
    await port.open();
    await sign.getByText("Forbundet").waitFor();
    await send.click();
    await page.getByText("Var allerede sendt; intet er sendt to gange.").waitFor();
    expect(await answersIn(caseId)).toBe(1);
  });
});
