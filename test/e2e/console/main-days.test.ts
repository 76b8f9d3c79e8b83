import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath, type Look, type Visit, visit } from "../../support/console/browser.ts";
import { consoleStage } from "../../support/console/console-hub.ts";
import { untilThere } from "../../support/console/pages.ts";
import { eventually } from "../../support/eventually.ts";

/** A day is from opening a page to the thing done, as the hub tells it or the page says. */
const gln = {
  practice: "5790000100019",
  cardiology: "5790000200023",
  region: "5790000400010",
} as const;

/** Danish on a desktop, English on a phone; what is pressed has its word in both. */
const looks = [
  { language: "da", size: "desktop", at: 0 },
  { language: "en", size: "phone", at: 1 },
] as const;
type Pair = readonly [string, string];

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(`/console${path}`);
  await untilThere(page);
};

const fillPatient = async (page: Page, at: number, cpr: string): Promise<void> => {
  await page.getByRole("textbox", { name: (["CPR-nummer", "CPR number"] as const)[at] ?? "" }).fill(cpr);
  await page.getByRole("textbox", { name: (["Efternavn", "Surname"] as const)[at] ?? "" }).fill("Hverdag");
};

/** Typed until the directory knows it, then chosen. */
const choose = async (page: Page, field: Locator, typed: string): Promise<void> => {
  await field.click();
  await field.fill(typed);
  await page
    .getByRole("option", { name: new RegExp(typed) })
    .first()
    .click();
};

describe.skipIf(chromiumPath === undefined)("the main day of each role", () => {
  const { hub, browser } = consoleStage();

  const get = async (path: string, by: string): Promise<unknown> => {
    const role = by === gln.region ? "operator" : "organisation";
    const { bytes } = await hub().api.call({ path, as: { gln: by, role } });
    return JSON.parse(Buffer.from(bytes).toString()) as unknown;
  };
  const post = async (path: string, by: string, body: object): Promise<string> => {
    const answer = await hub().api.call({
      ...{ method: "POST", path, type: "application/json", body: JSON.stringify(body) },
      as: { gln: by, role: "organisation" },
    });
    expect(answer.status, Buffer.from(answer.bytes).toString()).toBeLessThan(300);
    return (JSON.parse(Buffer.from(answer.bytes).toString()) as { caseId: string }).caseId;
  };
  const statusOf = async (caseId: string, by: string): Promise<string> =>
    ((await get(`/v1/cases/${caseId}`, by)) as { status: string }).status;
  const until = (caseId: string, by: string, status: string): Promise<unknown> =>
    eventually(async () => ((await statusOf(caseId, by)) === status ? true : undefined), status);
  const sentBy = async (by: string, family: string): Promise<number> =>
    ((await get(`/v1/sent?family=${family}&limit=500`, by)) as { items: unknown[] }).items.length;
  const visiting = async (person: string, look: Look): Promise<Visit & { say: (pair: Pair) => string }> => {
    const seen = await visit(browser(), hub().url, { person, ...look });
    return { ...seen, say: ([da, en]) => (look.language === "en" ? en : da) };
  };

  test.each(looks)("a GP asks for advice ($language, $size)", async ({ at, ...look }) => {
    const before = await sentBy(gln.practice, "advice");
    await using seen = await visiting("doctor-aaparken", look);
    const { page, say } = seen;
    await open(page, "/new/advice");
    await fillPatient(page, at, `0304${String(50 + at)}0000`);
    await choose(page, page.getByRole("combobox", { name: say(["Til", "To"]) }), "Kardiologisk");
    await page.getByRole("textbox", { name: say(["Emne", "Subject"]) }).fill("Hverdagens spørgsmål");
    await page.getByRole("textbox", { name: say(["Spørgsmål", "Question"]) }).fill("Bør dosis sættes ned?");
    await page.getByRole("button", { name: say(["Send spørgsmål", "Send the question"]) }).click();
    await eventually(
      async () => ((await sentBy(gln.practice, "advice")) > before ? true : undefined),
      "the question is sent",
    );
    expect(seen.faults).toEqual([]);
  });

  test.each(looks)("an acute nurse measures at the bedside ($language, $size)", async ({ at, ...look }) => {
    await using seen = await visiting("acute-nurse-nordfjord", look);
    const { page, say } = seen;
    await open(page, "/tobs");
    for (const [name, value] of [
      [["Respiration", "Respiration"], "24"],
      [["Puls", "Pulse"], "118"],
      [["Systolisk blodtryk", "Systolic blood pressure"], "98"],
      [["Temperatur", "Temperature"], "38,6"],
    ] as const)
      await page.getByRole("textbox", { name: new RegExp(`^${say(name)}`) }).fill(value);
    await page.getByRole("button", { name: /^(Habituel|As usual)/ }).click();
    const site = page.getByRole("group", {
      name: say(["Hvor er temperaturen", "Where was the temperature"]),
    });
    if ((await site.count()) > 0) await site.getByRole("button").first().click();
    await page.getByText(say(["Det skal du gøre nu", "What to do now"])).waitFor();
    await page.getByText(say(["ISBAR til opkaldet", "ISBAR for the call"])).waitFor();
    await fillPatient(page, at, `0405${String(40 + at)}0000`);
    await choose(
      page,
      page.getByRole("combobox", { name: say(["Praksis (egen læge)", "Practice (GP)"]) }),
      "Åparken",
    );
    await page.getByRole("button", { name: say(["Gem og send målingen", "Save and send"]) }).click();
    await page.waitForURL(/\/tobs\/[0-9a-f-]{36}/);
    expect(seen.faults).toEqual([]);
  });

  test.each(looks)("a department takes a referral in ($language, $size)", async ({ at, ...look }) => {
    const caseId = await post("/v1/referrals", gln.practice, {
      ...{ messageId: `triage-${String(at)}`, kind: "hospital", to: { gln: gln.cardiology } },
      patient: {
        ...{ cpr: `0506${String(60 + at)}0000`, givenName: "Tove", surname: "Hverdag" },
        telephones: [{ number: "20000001", code: "mobil" }],
      },
      ...{ municipality: "0890", priority: "elektiv", referralStatus: "ambulant", cave: "Ingen." },
      ...{ clinicalReason: "Palpitationer gennem to måneder.", anamnesis: "Ingen kendt hjertesygdom." },
      ...{ examination: "Upåfaldende.", actualMedicine: "Ingen." },
      refer: { code: "DR002", codeType: "SKSdiagnosekode", text: "Palpitationer" },
      referrer: { name: "Asta Åkjær", phone: "90000001" },
    });
    await using seen = await visiting("specialist-cardiology", look);
    const { page, say } = seen;
    await open(page, `/cases/${caseId}`);
    await page.getByRole("button", { name: say(["Visitér og acceptér", "Accept"]), exact: true }).click();
    const form = page.locator("form").last();
    await form.getByRole("button", { name: say(["Visitér og acceptér", "Accept"]) }).click();
    await until(caseId, gln.cardiology, "accepted");
    expect(seen.faults).toEqual([]);
  });

  test.each(looks)("a practice books a sub-acute time ($language, $size)", async ({ at, ...look }) => {
    await using seen = await visiting("nurse-aaparken", look);
    const { page, say } = seen;
    await open(page, "/slots");
    await page
      .getByRole("button", { name: say(["Book", "Book"]), exact: true })
      .first()
      .click();
    const asked = page.getByRole("dialog");
    await fillPatient(page, at, `0607${String(70 + at)}0000`);
    await asked.getByRole("button", { name: say(["Book", "Book"]), exact: true }).click();
    await asked.getByText(say(["Tiden er booket.", "The time is booked."])).waitFor();
    expect(seen.faults).toEqual([]);
  });

  test.each(looks)(
    "a committee tries an agreement on the past ($language, $size)",
    async ({ at: _, ...look }) => {
      await using seen = await visiting("committee-region", look);
      const { page, say } = seen;
      await open(page, "/indicators");
      await open(page, "/agreements/ADVICE-MSG");
      await page.getByRole("textbox", { name: new RegExp(`^${say(["Frist", "Limit"])}`) }).fill("2");
      await page.getByRole("button", { name: say(["Prøv på en periode", "Try it on a period"]) }).click();
      await page.getByRole("heading", { name: say(["Før og efter", "Before and after"]) }).waitFor();
      expect(seen.faults).toEqual([]);
    },
  );

  test.each(looks)(
    "an operator sees to a dead letter and a receiver ($language, $size)",
    async ({ at, ...look }) => {
      await using seen = await visiting("operator", look);
      const { page, say } = seen;
      await open(page, "/operations/dead-letters");
      // A torn letter for the first look, one that was refused for the second: each is closed once.
      await page.locator('a[href*="/operations/dead-letters/"]').first().click();
      await page.getByRole("button", { name: say(["Luk uden at sende", "Close without sending"]) }).click();
      const form = page.locator("form").last();
      await form.getByRole("textbox").fill(`Set til ${String(at)}`);
      await form.getByRole("button", { name: say(["Luk", "Close"]) }).click();
      await page.getByText(say(["Der er ikke mere at gøre.", "There is nothing more to do."])).waitFor();
      await open(page, "/operations/receivers");
      await page.getByText("Lungemedicinsk").first().waitFor();
      expect(seen.faults).toEqual([]);
    },
  );
});
