// @ts-check
// `npm run audit`: asks the package registry for known holes in what is shipped. Not every registry answers that, so there are three
// ends: 0, it answered and there is none; 1, there are some; 2, it was not asked, which is not the same as none.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { judgeAudit } from "./audit-verdict.mjs";

/** npm ends with a code of its own when it finds something, and what it found is in what it printed. */
const ask = async () => {
  const args = ["audit", "--omit=dev", "--json"];
  try {
    return (await promisify(execFile)("npm", args, { maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : "";
  }
};

const { code, text } = judgeAudit(await ask());
(code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
process.exitCode = code;
