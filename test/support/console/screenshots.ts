/**
 * `npm run screenshots [-- --into DIR] [--looks light-desktop-da,dark-phone-en] [--only /slots]`: every page of the console from a hub
 * with the demo's region, light and dark, desktop and phone, Danish and English.
 */
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { programVariable } from "../compiled-program.ts";
import { type Look, startBrowser, type Visit, visit } from "./browser.ts";
import { consolePages, firstCase, shownCases, untilThere } from "./pages.ts";
import { startConsoleHub } from "./started-hub.ts";

const { values } = parseArgs({
  options: {
    into: { type: "string", default: "screenshots" },
    looks: { type: "string", default: "" },
    only: { type: "string", default: "" },
    hub: { type: "string", default: "" },
  },
});

const patienceMs = 60_000;
type Shot = Required<Look>;
const allLooks: readonly Shot[] = (["light", "dark"] as const).flatMap((scheme) =>
  (["desktop", "phone"] as const).flatMap((size) =>
    (["da", "en"] as const).map((language) => ({ scheme, size, language })),
  ),
);
const nameOf = ({ scheme, size, language }: Shot): string => `${scheme}-${size}-${language}`;
const wanted =
  values.looks === "" ? allLooks : allLooks.filter((look) => values.looks.includes(nameOf(look)));

type ToShoot = { path: string; look: Shot; name: string };

/** A page that does not come is told of at the end; the others are taken all the same. */
const shoot = async (page: Page, { path, look, name }: ToShoot): Promise<void> => {
  const file = join(values.into, `${name}-${nameOf(look)}.png`);
  try {
    await page.goto(`/console${path}`);
    await untilThere(page);
    await page.screenshot({ path: file, fullPage: true });
    process.stdout.write(`${file}\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stdout.write(`${file} was not taken: ${String(error)}\n`);
  }
};

const plain = (path: string): string => (path === "/" ? "worklist" : path.slice(1).replaceAll("/", "-"));

const shootCases = async (visitOf: (person: string) => Promise<Visit>, look: Shot): Promise<void> => {
  for (const { family, person, below } of shownCases) {
    if (!`/cases/${family}`.includes(values.only)) continue;
    const { page } = await visitOf(person);
    const found = await firstCase(page, family);
    if (found === undefined) continue;
    const path = below === undefined ? found : found.replace("/cases", below);
    await shoot(page, { path, look, name: `${below === undefined ? "case" : plain(below)}-${family}` });
  }
};

const shootAll = async (browser: Browser, url: string, look: Shot): Promise<void> => {
  const visits = new Map<string, Visit>();
  const visitOf = async (person: string): Promise<Visit> => {
    const known = visits.get(person) ?? (await visit(browser, url, { person, ...look }));
    known.page.setDefaultTimeout(patienceMs);
    visits.set(person, known);
    return known;
  };
  for (const { path, person } of consolePages) {
    if (!path.includes(values.only)) continue;
    const { page } = await visitOf(person);
    const twice = consolePages.filter((one) => one.path === path).length > 1;
    await shoot(page, { path, look, name: twice ? `${plain(path)}-${person}` : plain(path) });
  }
  await shootCases(visitOf, look);
  for (const { faults, ...seen } of visits.values()) {
    for (const fault of faults) process.stdout.write(`the page complained: ${fault}\n`);
    await seen[Symbol.asyncDispose]();
  }
};

const main = async (): Promise<void> => {
  mkdirSync(values.into, { recursive: true });
  process.env[programVariable] ??= mkdtempSync(join(tmpdir(), "sb-program-"));
  const hub = values.hub === "" ? await startConsoleHub() : undefined;
  const browser = await startBrowser();
  for (const look of wanted) await shootAll(browser, hub?.url ?? values.hub, look);
  await browser.close();
  await hub?.[Symbol.asyncDispose]();
};

await main();
