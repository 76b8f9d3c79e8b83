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
  { path: "/help", person: "secretary-municipality" },
];

/** A page is there when it has its heading, and what it fetched has come. */
export const untilThere = async (page: Page): Promise<void> => {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("load");
  await page.locator(".mantine-Skeleton-root, .mantine-Loader-root").first().waitFor({ state: "hidden" });
};
