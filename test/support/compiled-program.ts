import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** Names the folder of the program that the processes of a whole test run share. */
export const programVariable = "SEKTORBRO_TEST_PROGRAM";

/** Sources of pages, which Vite makes (`built-console.ts`). */
const pages = join("gateways", "console", "web");
/** Not of the product: around a hub that stands by to be started (`hub-process.ts`), and a CLI at hand (`cli.ts`). */
const around = ["test/support/hub-standby.ts", "test/support/cli-at-hand.ts"];
const folders = ["contracts", "services", "gateways", "infra"];

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};

const compileFile = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true });
  if (!from.endsWith(".ts")) {
    cpSync(from, to);
    return;
  }
  const { outputText } = ts.transpileModule(readFileSync(from, "utf8"), { fileName: from, compilerOptions });
  writeFileSync(to.replace(/ts$/, "js"), outputText);
};

/** The product as it is shipped, without its types having been looked at: JavaScript, and the files that it reads. */
export const compileInto = (target: string): void => {
  for (const folder of folders)
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
      if (/\.[a-z]+$/.test(name) && !name.endsWith(".md") && !join(folder, name).startsWith(pages))
        compileFile(join(folder, name), join(target, folder, name));
  for (const file of around) compileFile(file, join(target, file));
  cpSync("package.json", join(target, "package.json"));
  symlinkSync(join(process.cwd(), "node_modules"), join(target, "node_modules"));
};

const isFirst = (folder: string): boolean => {
  try {
    mkdirSync(join(folder, "begun"));
    return true;
  } catch {
    return false;
  }
};

const patienceMs = 60_000;
const lookAgainMs = 50;

/** Blocks: who needs the program can do nothing without it. */
const waitFor = (file: string): void => {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; !existsSync(file); waitedMs += lookAgainMs) {
    if (waitedMs > patienceMs) throw new Error("whoever began to compile the program did not end");
    Atomics.wait(nobody, 0, 0, lookAgainMs);
  }
};

/**
 * The folder of the compiled product: a process that runs it is ready in half the time of one that runs the sources. Made
 * by the first test of a run that asks for it; the others wait for that.
 */
export const compiledProgram = (): string => {
  const folder = process.env[programVariable];
  if (folder === undefined) throw new Error(`${programVariable} is not set: the run was not set up`);
  const [program, done] = [join(folder, "program"), join(folder, "done")];
  if (isFirst(folder)) {
    compileInto(program);
    writeFileSync(done, "");
  }
  waitFor(done);
  return program;
};

/** The arguments for Node that run the CLI as it is shipped. */
export const cliArguments = (args: readonly string[]): string[] => [
  join(compiledProgram(), "gateways", "cli", "main.js"),
  ...args,
];
