import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** Where the set-up found a Chromium (`infra/setup/browser.mjs`); `undefined`: there is none, and the tests of pages say so. */
export const chromiumPath = process.env["SEKTORBRO_CHROMIUM"];

if (chromiumPath === undefined)
  process.stdout.write(" no Chromium: the console is not tested in a browser (SEKTORBRO_CHROMIUM)\n");

/** It speaks with the hub on loopback and with nobody else. */
const quiet = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath ?? "", args: quiet });

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Look = {
  size?: keyof typeof sizes;
  scheme?: "light" | "dark";
  language?: "da" | "en";
};

/** A person's browser at a hub. `faults`: what the page complained of, which must be nothing. */
export type Visit = AsyncDisposable & { page: Page; context: BrowserContext; faults: string[] };

/** Signed in as one of the made-up people, before any page is opened. */
export const visit = async (
  browser: Browser,
  url: string,
  { person, size = "desktop", scheme = "light", language = "da" }: Look & { person?: string },
): Promise<Visit> => {
  const context = await browser.newContext({
    ...{ viewport: sizes[size], colorScheme: scheme, baseURL: url, locale: "da-DK", reducedMotion: "reduce" },
    hasTouch: size === "phone",
  });
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(error.error().message));
  context.on("console", (message) => {
    // What is not there, or not for a stranger, is told by a status that browsers write down.
    if (message.type() === "error" && !/status of 40[134]/.test(message.text())) faults.push(message.text());
  });
  // A document in a frame that is shut in has no storage at all.
  if (language === "en")
    await context.addInitScript(
      `if (location.pathname.startsWith("/console/")) localStorage.setItem("sektorbro-language", "en")`,
    );
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  if (person !== undefined) {
    // From a page of the hub's own, as the sign-in page does: the cookie counts for nothing else.
    await page.goto("/console/");
    const signedIn = await page.evaluate(async (id) => {
      const body = JSON.stringify({ person: id });
      const headers = { "content-type": "application/json" };
      return (await fetch("/v1/session", { method: "POST", headers, body })).status;
    }, person);
    if (signedIn !== 200) throw new Error(`${person} was not signed in: ${String(signedIn)}`);
  }
  return { page, context, faults, [Symbol.asyncDispose]: () => context.close() };
};

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] };

/** What axe finds wrong with the page as it stands, or with a part of it, by WCAG 2.2 AA, a line each. */
export const axeViolations = async (page: Page, part?: string): Promise<string[]> => {
  await page.evaluate(axeSource);
  const violations = await page.evaluate<Violation[]>(
    `axe.run(${part === undefined ? "document" : JSON.stringify(part)}, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((r) => r.violations)`,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = "" }) =>
      `${id}: ${help} at ${target.join(" ")}: ${failureSummary}`.slice(0, 400),
    ),
  );
};
