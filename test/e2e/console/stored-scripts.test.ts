import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath, visit } from "../../support/console/browser.ts";
import { consoleStage } from "../../support/console/console-hub.ts";
import { othersAt } from "../../support/console/days/day.ts";
import { untilThere } from "../../support/console/pages.ts";
import { eventually } from "../../support/eventually.ts";
import { freshId, xbin01, xdis91 } from "../../support/golden-samples.ts";

const [practice, endocrinology] = ["5790000100019", "5790000200016"];
/** Markup that tells of itself if it runs, and as a document of XML bears it. */
const script = `<img src=x onerror="document.title='ran'">`;
const inXml = script.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const inAttribute = inXml.replaceAll('"', "&quot;");
/** In a narrative, where markup is allowed, it stands as it is. */
const asMarkup = `<img src="x" onerror="document.title='ran'"/>`;

/** In OIOXML: the name, the subject, the text. */
const letter = (): Uint8Array =>
  xdis91({
    ...{ cpr: "0204480010", surname: inXml, given: inXml, subject: inXml, text: inXml },
    letterId: freshId("SKRIFT"),
  });

/** In FHIR: the name, the message, what its writer is called; `narrative`: and where markup is allowed. */
const message = (narrative = ""): Uint8Array => {
  const whole = readFileSync("contracts/examples/fhir/care-communication.xml", "utf8");
  const marked = whole
    .replaceAll("Borgeren har det bedre.", inAttribute)
    .replaceAll('family value="Prøve-Åsen"', `family value="${inAttribute}"`)
    .replaceAll('given value="Søren"', `given value="${inAttribute}"`)
    .replaceAll("0101650001", "0204480028")
    .replaceAll("<b>Korrespondance</b>", `<b>Korrespondance</b>${narrative}`)
    .replaceAll("5e9f0c1a-7b2d-4e63-8a41", `5e9f0c1a-7b2d-4e63-8a4${narrative === "" ? "2" : "3"}`);
  return Buffer.from(marked);
};

describe.skipIf(chromiumPath === undefined)("a script that is stored in a message is shown as text", () => {
  const { hub, browser } = consoleStage();

  const sent = async (body: Uint8Array, type: string) => {
    const answer = await hub().api.call({
      ...{ method: "POST", path: "/v1/messages", type, body },
      as: { gln: practice, role: "organisation" },
    });
    const text = Buffer.from(answer.bytes).toString();
    return { status: answer.status, text };
  };
  /** Nothing ran, nothing of it became an element, and it can be read. */
  const isText = async (page: Page): Promise<void> => {
    await page.getByText("onerror=").first().waitFor();
    for (const frame of page.frames()) expect(await frame.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).not.toContain("ran");
  };
  const newest = async (page: Page): Promise<string> => {
    await page.goto("/console/");
    await untilThere(page);
    const link = page.getByRole("link", { name: /onerror/ }).first();
    await link.waitFor();
    await isText(page);
    return (await link.getAttribute("href")) ?? "";
  };

  test("in a letter, its name, subject and text, on the list, the case, and where its original is read", async () => {
    const { status, text } = await sent(letter(), "application/xml");
    expect(status, text).toBe(201);
    await using seen = await visit(browser(), hub().url, { person: "specialist-endocrinology" });
    const { page } = seen;
    await page.goto(await newest(page));
    await untilThere(page);
    await isText(page);
    for (const original of await page.getByRole("link", { name: /original|dokumentet/i }).all()) {
      const href = await original.getAttribute("href");
      if (href?.startsWith("/v1/") !== true) continue;
      await page.goto(href);
      expect(await page.title()).not.toContain("ran");
    }
    expect(seen.faults).toEqual([]);
  });

  test("in a FHIR message, its names and its text; a narrative that holds one is refused", async () => {
    const refused = await sent(message(asMarkup), "application/fhir+xml");
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining("narrative-forbidden")]);
    const { status, text } = await sent(message(), "application/fhir+xml");
    expect(status, text).toBe(201);
    await using seen = await visit(browser(), hub().url, { person: "specialist-endocrinology" });
    const { page } = seen;
    await page.goto(await newest(page));
    await untilThere(page);
    await isText(page);
    expect(seen.faults).toEqual([]);
  });

  test("in what a system says in JSON, an answer and who gave it, and what an attachment is called", async () => {
    const others = othersAt(hub().api);
    const caseId = await others.post(practice, "/v1/advice", {
      ...{ messageId: freshId("json"), to: { gln: endocrinology }, subject: script, question: script },
      patient: { cpr: "0204480036", surname: script, givenName: script },
    });
    await others.post(endocrinology, `/v1/cases/${caseId}/answer`, {
      ...{ text: script, adviser: { name: script } },
    });
    await using seen = await visit(browser(), hub().url, { person: "doctor-aaparken" });
    const { page } = seen;
    await page.goto(`/console/cases/${caseId}`);
    await untilThere(page);
    await isText(page);
    expect(seen.faults).toEqual([]);
  });

  test("in a document that nobody could read, where it is mended", async () => {
    const before = await othersAt(hub().api).unreadable();
    const torn = Buffer.from(xbin01({ surname: inXml, given: inXml })).subarray(0, -30);
    expect((await sent(torn, "application/xml")).status).toBe(422);
    const id = await eventually(
      async () => (await othersAt(hub().api).unreadable()).find((one) => !before.includes(one)),
      "it is among the dead letters",
    );
    await using seen = await visit(browser(), hub().url, { person: "operator" });
    const { page } = seen;
    await page.goto(`/console/operations/dead-letters/${id}`);
    await untilThere(page);
    await page.getByRole("button", { name: "Ret dokumentet og send igen", exact: true }).click();
    const text = page.getByRole("textbox", { name: "Dokumentet", exact: true });
    await text.waitFor();
    expect(await text.inputValue()).toContain("onerror");
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.title()).not.toContain("ran");
    expect(seen.faults).toEqual([]);
  });
});
