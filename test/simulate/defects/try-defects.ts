import { spawn } from "node:child_process";
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
/** So many histories are lived through before a defect counts as not found. */
const mostHistories = 600;

/** The sources, to be spoilt: nothing is ever done to the checkout. */
const copyTree = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "sektorbro-defects-"));
  for (const path of copied) await cp(join(root, path), join(folder, path), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
};

const runIn = (folder: string): Promise<{ code: number | null; text: string }> =>
  new Promise((resolve) => {
    const main = join(folder, "test/simulate/main.ts");
    const args = ["--import", "tsx", main, "--seeds", String(mostHistories), "--to-first"];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
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

const tryOne = async (folder: string, { file, find, replace }: Defect): Promise<string | undefined> => {
  const path = join(folder, file);
  const source = await readFile(path, "utf8");
  if (source.split(find).length !== 2) throw new Error(`${file} does not say once: ${find}`);
  await writeFile(
    path,
    source.replace(find, () => replace),
  );
  try {
    const { code, text } = await runIn(folder);
    return code === 1 && text.includes("breaks a law") ? lineAfter(text) : undefined;
  } finally {
    await writeFile(path, source);
  }
};

/** Plants each defect in a copy of the sources and looks whether it is found. @returns the exit code: 1 when one was not */
export const tryDefects = async (say: (text: string) => void, only = ""): Promise<number> => {
  const folder = await copyTree();
  let missed = 0;
  try {
    for (const defect of planted.filter(({ name }) => name.includes(only))) {
      const begun = performance.now();
      const found = await tryOne(folder, defect).catch((error: unknown) => {
        say(`  ${String(error)}`);
        return undefined;
      });
      const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
      if (found === undefined) missed += 1;
      say(
        `${found === undefined ? "MISSED" : "found "} ${defect.name}, ${seconds} s: ${found ?? "no law was broken"}`,
      );
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  say(`${String(planted.length - missed)} of ${String(planted.length)} found`);
  return missed === 0 ? 0 : 1;
};
