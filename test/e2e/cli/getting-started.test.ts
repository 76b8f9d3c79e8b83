import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../../infra/setup/bundle.mjs";
import { startUp } from "../../support/cli.ts";
import { compiledProgram } from "../../support/compiled-program.ts";
import { tempDir } from "../../support/temp-dir.ts";

const run = promisify(execFile);
const page = await readFile("gateways/GETTING-STARTED.md", "utf8");

type Shown = { commands: string; answer: string | undefined };

/** Each block of commands, and what the page shows of the answer, if anything. */
const blocks: readonly Shown[] = [...page.matchAll(/```sh\n(.*?)```(?:\s*```text\n(.*?)```)?/gs)].map(
  ([, commands = "", answer]) => ({ commands, answer }),
);

const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** What the page shows, one after the other; `…` is anything. @returns the first line that did not come */
const missing = (answer: string, out: string): string | undefined => {
  let from = 0;
  for (const line of answer.trim().split("\n")) {
    const found = new RegExp(line.split("…").map(literally).join(".*?"), "s").exec(out.slice(from));
    if (found === null) return line;
    from += found.index + found[0].length;
  }
  return undefined;
};

/** The program as the build leaves it, in one file, beside what the compiler made. Under the project's folder, for it looks for its package. */
const program = join(process.cwd(), "node_modules", ".sektorbro-packed");
const main = join(program, "gateways", "cli", "main.js");

beforeAll(async () => {
  await rm(program, { recursive: true, force: true });
  await mkdir(program, { recursive: true });
  await cp(compiledProgram(), program, { recursive: true });
  await bundle(process.cwd(), program);
}, 120_000);
afterAll(async () => {
  await rm(program, { recursive: true, force: true });
});

/** The README's commands, but for those that set up and start a hub. These go on until they are ended, or until a partner answers. */
const byHand = (): string => {
  const readme = readFileSync("README.md", "utf8");
  const [, section = ""] = /^## By hand\n(.*?)^## /ms.exec(readme) ?? [];
  const lines = section.split("\n").flatMap((line) => /^ {4}(.*)/.exec(line)?.[1] ?? []);
  return lines
    .filter((line) => !/^(?:npm run setup|alias |sektorbro up )/.test(line))
    .map((line) =>
      /^sektorbro (?:top|simulate|conform)\b/.test(line) ? line.replace(/^/, "briefly ") : line,
    )
    .join("\n");
};

describe("the README", () => {
  it("can be followed by hand, command by command", async () => {
    await using folder = await tempDir();
    await using _hub = await startUp(folder.path, [], (args) => [main, ...args]);
    const here = join(folder.path, "here");
    await mkdir(here);
    await symlink(join(process.cwd(), "contracts"), join(here, "contracts"));
    const commands = byHand();
    expect(commands.match(/^(?:briefly )?sektorbro /gm)?.length).toBeGreaterThan(18);
    const script = [
      "set -euo pipefail",
      `sektorbro() { ${process.execPath} ${main} "$@"; }`,
      // Told to end by who watches it: that is no fault of its own. 1: a partner's system is not there to be tried.
      `briefly() { shift; code=0; timeout -s INT 2 ${process.execPath} ${main} "$@" || code=$?; case $code in 0|1|124|130) ;; *) exit $code;; esac; }`,
      commands,
    ].join("\n");
    await writeFile(join(here, "page.sh"), script);
    const env = { PATH: process.env["PATH"], SEKTORBRO_DATA: folder.path };
    const { stdout } = await run("bash", ["page.sh"], { env, cwd: here, timeout: 150_000 });
    expect(stdout).toContain("DEMOQB00000001");
    for (const made of ["report.html", "question.html", "tobs.html", "my-agreements"])
      expect(existsSync(join(here, made)), made).toBe(true);
  }, 180_000);
});

describe("the first ten minutes", () => {
  it("can be lived as the page tells them, with the program as it is packed", async () => {
    await using folder = await tempDir();
    await using hub = await startUp(folder.path, [], (args) => [main, ...args]);
    const script = [
      "set -euo pipefail",
      `HUB=${hub.url}`,
      `sektorbro() { ${process.execPath} ${main} "$@" 2>/dev/null; }`,
      // Nobody pastes one block within milliseconds of the one before.
      ...blocks.map(
        ({ commands }, i) => `{\n${commands}\n} > ${join(folder.path, `${String(i)}.out`)}\nsleep 1`,
      ),
    ].join("\n");
    const path = join(folder.path, "page.sh");
    await writeFile(path, script);
    const env = { PATH: process.env["PATH"], SEKTORBRO_DATA: folder.path };
    await run("bash", [path], { env, timeout: 100_000 });
    expect(blocks.length).toBeGreaterThan(6);
    for (const [i, { answer }] of blocks.entries()) {
      const out = (await readFile(join(folder.path, `${String(i)}.out`), "latin1")).replaceAll("\r", "");
      expect([i, answer === undefined ? undefined : missing(answer, out), out]).toEqual([i, undefined, out]);
    }
  }, 180_000);

  it("would be found out if an answer were another", () => {
    expect(missing("HTTP/1.1 201 …\n{…}", "HTTP/1.1 200 OK\n{}")).toBe("HTTP/1.1 201 …");
    expect(missing("a…c\nd", "abc abc")).toBe("d");
  });
});
