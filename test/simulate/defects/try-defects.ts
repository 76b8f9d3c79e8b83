import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Defect, planted } from "./planted.ts";

const root = new URL("../../../", import.meta.url).pathname;
const copied = [
  "contracts",
  "services",
  "gateways",
  "infra",
  "test/simulate",
  "test/support",
  "package.json",
  "tsconfig.json",
];
/** So many histories every run of the tests lives through: a defect that none of them finds counts as not found. */
export const everyRunsHistories = 900;

/** The sources, to be spoilt: nothing is ever done to the checkout. */
const copyTree = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "sektorbro-defects-"));
  for (const path of copied) await cp(join(root, path), join(folder, path), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
};

const runIn = (folder: string, ...args: string[]): Promise<{ code: number | null; text: string }> =>
  new Promise((resolve) => {
    const main = join(folder, "test/simulate/main.ts");
    const child = spawn(process.execPath, ["--import", "tsx", main, ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const heard: string[] = [];
    child.stdout.on("data", (data: Buffer) => heard.push(data.toString()));
    child.stderr.on("data", (data: Buffer) => heard.push(data.toString()));
    child.on("exit", (code) => {
      resolve({ code, text: heard.join("") });
    });
  });

const lineAfter = (text: string): string => {
  const lines = text.split("\n");
  return (lines[lines.findIndex((line) => line.includes("breaks a law")) + 1] ?? "").trim().slice(0, 160);
};

/** Defects whose text does not stand once in its file: the sources have moved on, and nothing would be planted. */
export const misplaced = (root: string): string[] =>
  planted
    .filter(({ file, find }) => readFileSync(join(root, file), "utf8").split(find).length !== 2)
    .map(({ name, file }) => `${name}: ${file} does not say once what is to be replaced`);

/** @returns the seed that found it, and how. @throws when the sources break a law under that seed without the defect too */
const tryOne = async (folder: string, { file, find, replace }: Defect): Promise<string | undefined> => {
  const path = join(folder, file);
  const source = await readFile(path, "utf8");
  await writeFile(
    path,
    source.replace(find, () => replace),
  );
  const { text } = await runIn(folder, "--seeds", String(everyRunsHistories), "--to-first");
  await writeFile(path, source);
  const [, seed] = /^seed (\S+) breaks a law/m.exec(text) ?? [];
  if (seed === undefined) return undefined;
  if ((await runIn(folder, "--seed", seed)).code !== 0)
    throw new Error(`Seed ${seed} breaks a law without the defect too.`);
  return `seed ${seed}: ${lineAfter(text)}`;
};

/** Plants each defect in a copy of the sources and looks whether it is found. @returns the exit code: 1 when one was not */
export const tryDefects = async (say: (text: string) => void, only = ""): Promise<number> => {
  const lost = misplaced(root);
  for (const one of lost) say(one);
  if (lost.length > 0) return 1;
  const folder = await copyTree();
  const tried = planted.filter(({ name }) => name.includes(only));
  let missed = 0;
  try {
    for (const defect of tried) {
      const begun = performance.now();
      const found = await tryOne(folder, defect);
      const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
      if (found === undefined) missed += 1;
      say(
        `${found === undefined ? "MISSED" : "found "} ${defect.name}, ${seconds} s: ${found ?? "no law was broken"}`,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  say(`${String(tried.length - missed)} of ${String(tried.length)} found`);
  return missed === 0 ? 0 : 1;
};
