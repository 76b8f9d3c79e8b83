import type { Locator, Page } from "playwright-core";
import { z } from "zod";
import { DeadLetterPage } from "../../../../contracts/messages/message-log.ts";
import { CaseView } from "../../../../contracts/messages/worklist.ts";
import type { HubClient } from "../../../../gateways/cli/hub-client.ts";
import { eventually } from "../../eventually.ts";
import { untilThere } from "../pages.ts";

/** What is pressed or read, in both languages. */
export type Pair = readonly [da: string, en: string];

export const gln = {
  practice: "5790000100019",
  endocrinology: "5790000200016",
  cardiology: "5790000200023",
  hospital: "5790000210015",
  visitation: "5790000211012",
  municipality: "5790000300013",
  region: "5790000400010",
} as const;

const textOf = ({ bytes }: { bytes: Uint8Array }): string => Buffer.from(bytes).toString();
const Opened = z.object({ caseId: z.string() });

/** What others do meanwhile, and what the hub says has been done. */
export const othersAt = (api: HubClient) => {
  const caseOf = async (caseId: string, by: string): Promise<CaseView> =>
    CaseView.parse(
      JSON.parse(
        textOf(await api.call({ path: `/v1/cases/${caseId}`, as: { gln: by, role: "organisation" } })),
      ),
    );
  return {
    caseOf,
    post: async (by: string, path: string, body: object): Promise<string> => {
      const answer = await api.call({
        ...{ method: "POST", path, type: "application/json", body: JSON.stringify(body) },
        as: { gln: by, role: "organisation" },
      });
      if (answer.status >= 300) throw new Error(`${path}: ${String(answer.status)} ${textOf(answer)}`);
      return Opened.parse(JSON.parse(textOf(answer))).caseId;
    },
    sendLetter: (by: string, body: Uint8Array): Promise<unknown> =>
      api.call({
        ...{ method: "POST", path: "/v1/messages", type: "application/xml", body },
        as: { gln: by, role: "organisation" },
      }),
    unreadable: async (): Promise<string[]> => {
      const path = "/v1/dead-letters?kind=unreadable&state=open&limit=100";
      const found = await api.call({ path, as: { gln: gln.region, role: "operator" } });
      return DeadLetterPage.parse(JSON.parse(textOf(found))).items.map(({ id }) => id);
    },
    until: (caseId: string, by: string, status: string): Promise<unknown> =>
      eventually(
        async () => ((await caseOf(caseId, by)).status === status ? true : undefined),
        `${caseId} is ${status}`,
      ),
  };
};

/** A person at their page, on one day; `no` tells what is made up on one day from that of another. */
export type Me = {
  page: Page;
  no: number;
  say: (pair: Pair) => string;
  others: ReturnType<typeof othersAt>;
};

/** Whose day, and what is done from opening the page. */
export type Day = { role: string; person: string; live: (me: Me) => Promise<void> };

export const patientOf = (
  no: number,
  surname: string,
): { cpr: string; surname: string; givenName: string } => ({
  ...{ cpr: `0304${String(10 + no)}0000`, surname, givenName: "Dagny" },
});

export const open = async ({ page }: Me, path: string): Promise<void> => {
  await page.goto(`/console${path}`);
  await untilThere(page);
};

export const press = ({ say }: Me, name: Pair, within: Page | Locator): Promise<void> =>
  within
    .getByRole("button", { name: say(name), exact: true })
    .first()
    .click();

export const fill = ({ page, say }: Me, name: Pair, text: string): Promise<void> =>
  page.getByRole("textbox", { name: say(name), exact: true }).fill(text);

export const fillPatient = async (me: Me, no: number, surname: string): Promise<void> => {
  const { cpr, givenName } = patientOf(no, surname);
  await fill(me, ["CPR-nummer", "CPR number"], cpr);
  await fill(me, ["Fornavn", "First name"], givenName);
  await fill(me, ["Efternavn", "Surname"], surname);
};

/** Typed until the directory knows it, then chosen. */
export const choose = async ({ page, say }: Me, name: Pair, typed: string): Promise<void> => {
  const field = page.getByRole("combobox", { name: say(name), exact: true });
  await field.click();
  await field.fill(typed);
  await page
    .getByRole("option", { name: new RegExp(typed) })
    .first()
    .click();
};

/** One of a list that is not searched. */
export const pick = async ({ page, say }: Me, name: Pair, option: Pair): Promise<void> => {
  const form = page.locator("form").last();
  await form.getByRole("combobox", { name: say(name), exact: true }).click();
  await page.getByRole("option", { name: say(option), exact: true }).click();
};

/** Opens the form of what can be done on a case, fills it in and sends it. */
export const act = async (me: Me, name: Pair, filled: () => Promise<void>, send = name): Promise<void> => {
  await press(me, name, me.page);
  const form = me.page.locator("form").last();
  await form.waitFor();
  await filled();
  await press(me, send, form);
  await form.waitFor({ state: "detached" });
};

/** The case on which the page stands. */
export const caseShown = async ({ page }: Me): Promise<string> => {
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
  return /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? "";
};
