/** Writes `contracts/ERRORS.md`: every error code with its cause and its cure, for partners. A test fails when it is stale. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { caseErrors } from "../../contracts/codes/case-errors.ts";
import { errorCures } from "../../contracts/codes/error-cures.ts";
import { faultCodes } from "../../contracts/codes/fault-codes.ts";
import { senderErrors } from "../../contracts/codes/sender-errors.ts";
import { type ErrorCode, errorCodes, isErrorCode } from "../../contracts/errors.ts";

const fates = {
  park: "mend it first",
  retry: "send again",
  ask: "send the same again, it tells",
} as const;

const entry = (code: ErrorCode): string => {
  const { en, da, fate } = errorCodes[code];
  const { cause, cure } = errorCures[code];
  return [`### \`${code}\``, "", `${en} _${da}_`, "", `${cause} **${cure}** (${fates[fate]})`, ""].join("\n");
};

const part = (title: string, codes: object): string[] => [
  `## ${title}`,
  "",
  ...Object.keys(codes).filter(isErrorCode).map(entry),
];

/** The page, whole. */
export const errorsPage = (): string =>
  `${[
    "# Every error code",
    "",
    "Codes are stable; texts may be bettered. Over HTTP a code stands in the body (`application/problem+json`, `code`), over NATS in the header",
    "`Sb-Fault` or in the reply, in MedCom's receipts beside the standard's own code; which status an address answers it with stands at `/docs`.",
    "_Send again_ means that surely nothing was done; _send the same again_ that it may have been, and that twice is once.",
    "",
    ...part("What was sent, and by whom", senderErrors),
    ...part("What a case allows", caseErrors),
    ...part("Faults", faultCodes),
  ]
    .join("\n")
    .trimEnd()}\n`;

// The test imports this file to compare; only the script writes.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(fileURLToPath(new URL("../../contracts/ERRORS.md", import.meta.url)), errorsPage());
  process.stdout.write("contracts/ERRORS.md written\n");
}
