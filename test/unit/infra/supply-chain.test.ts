import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { installScripts, licences } from "../../../infra/security/supply-chain.ts";
import { release } from "../../../infra/setup/fetch-release.mjs";

const Entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().default(false),
  inBundle: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
});
const Lock = z.object({ packages: z.record(z.string(), Entry) });
const Manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  overrides: z.record(z.string(), z.string()),
});

const { packages } = Lock.parse(JSON.parse(await readFile("package-lock.json", "utf8")));
const locked = Object.entries(packages).filter(([path]) => path !== "");
const nameOf = (path: string): string => path.replace(/^.*node_modules\//, "");

test("every version is pinned: no range, no tag, no address", async () => {
  const manifest = Manifest.parse(JSON.parse(await readFile("package.json", "utf8")));
  const wanted = Object.values(manifest).flatMap((part) => Object.entries(part));
  expect(wanted.length).toBeGreaterThan(50);
  for (const [name, version] of wanted) expect([name, /^\d+\.\d+\.\d+$/.test(version)]).toEqual([name, true]);
});

test("every package is held to its hash; what lies inside another is held to that one's", () => {
  expect(locked.length).toBeGreaterThan(100);
  const loose = locked.filter(
    ([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith("sha512-"),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

test("what is shipped has a licence that is on the list, and the list names none that nothing has", () => {
  const shipped = locked.filter(([, { dev }]) => !dev);
  const others = shipped.filter(([, { license }]) => !licences.has(license ?? ""));
  expect(others.map(([path, { license }]) => `${path}: ${license ?? "none"}`)).toEqual([]);
  const met = new Set(shipped.map(([, { license }]) => license));
  expect([...licences].filter((licence) => !met.has(licence))).toEqual([]);
});

test("a package that would run a script when it is installed is listed with a reason, and none may", async () => {
  const scripted = locked
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => nameOf(path));
  expect([...new Set(scripted)].toSorted()).toEqual(Object.keys(installScripts).toSorted());
  for (const { reason } of Object.values(installScripts)) expect(reason.length).toBeGreaterThan(40);
  expect((await readFile(".npmrc", "utf8")).split("\n")).toContain("ignore-scripts=true");
});

test("a server that is downloaded is of one version, by TLS, and held to a checksum for each machine", () => {
  expect(release.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(new URL(release.base).protocol).toBe("https:");
  const sums = Object.values(release.archives).map(({ sha256 }) => sha256);
  expect(new Set(sums).size).toBe(sums.length);
  for (const sum of sums) expect(sum).toMatch(/^[0-9a-f]{64}$/);
});
