import type { Page } from "playwright-core";

type Shown = { path: string; person: string };

/** Each page of the console, and one of those whose page it is. */
export const consolePages: readonly Shown[] = [
  { path: "/", person: "doctor-aaparken" },
  { path: "/sent", person: "nurse-aaparken" },
  { path: "/citizens", person: "nurse-aaparken" },
  { path: "/new/advice", person: "doctor-aaparken" },
  { path: "/new/referral", person: "doctor-aaparken" },
  { path: "/tobs", person: "acute-nurse-nordfjord" },
  { path: "/slots", person: "nurse-aaparken" },
  { path: "/slots", person: "secretary-visitation" },
  { path: "/agreements", person: "specialist-cardiology" },
  { path: "/indicators", person: "committee-region" },
  { path: "/operations", person: "operator" },
  { path: "/operations/receivers", person: "operator" },
  { path: "/operations/dead-letters", person: "operator" },
  { path: "/operations/messages", person: "operator" },
  { path: "/operations/changes", person: "operator" },
  { path: "/help", person: "secretary-municipality" },
];

/** Whose case of which kind is shown: the first of it in what is expected of them or was sent. */
export const shownCases: readonly { family: string; person: string; below?: string }[] = [
  { family: "advice", person: "specialist-cardiology" },
  { family: "referral", person: "doctor-aaparken" },
  { family: "discharge", person: "nurse-aaparken" },
  { family: "observation", person: "doctor-aaparken" },
  { family: "observation", person: "acute-nurse-nordfjord", below: "/tobs" },
  { family: "booking", person: "secretary-visitation" },
];

type Opened = Shown & { name: string; presses: readonly string[] };

/** What stands on no page until it is opened, and what is pressed for it. */
export const openedThings: readonly Opened[] = [
  { name: "why a time is what it is", path: "/", person: "specialist-cardiology", presses: [".due"] },
  {
    name: "whom a time is for",
    path: "/slots",
    person: "nurse-aaparken",
    presses: ["main button:has-text('Book')"],
  },
  {
    name: "times that are published",
    path: "/slots",
    person: "secretary-visitation",
    presses: ["main button[aria-expanded=false]"],
  },
  {
    name: "a receiver that is to rest",
    path: "/operations/receivers",
    person: "operator",
    presses: ["main button:has-text('Sæt på pause')"],
  },
  {
    name: "a failed message that is mended",
    path: "/operations/dead-letters?kind=unreadable",
    person: "operator",
    presses: [
      "a[href*='/operations/dead-letters/']",
      "main button[aria-expanded=false]:has-text('Ret dokumentet')",
    ],
  },
];

/** A page is there when it has its heading, and what it fetched has come. */
export const untilThere = async (page: Page): Promise<void> => {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("load");
  await page.locator(".mantine-Skeleton-root, .mantine-Loader-root").first().waitFor({ state: "hidden" });
};

/** The address of a person's first case of a family, as their lists show it; `undefined`: they have none. */
export const firstCase = async (page: Page, family: string): Promise<string | undefined> => {
  for (const list of ["/v1/worklist", "/v1/sent"]) {
    const found = await page.evaluate<string | null>(
      `fetch("${list}?family=${family}&limit=1").then((a) => a.json()).then(({ items }) => items?.[0]?.caseId ?? null)`,
    );
    if (found !== null) return `/cases/${found}`;
  }
  return undefined;
};
