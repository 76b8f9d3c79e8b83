import { errorCodes, isErrorCode } from "../../../contracts/errors.ts";
import type { Problem } from "../../../contracts/problem.ts";

export type Refusal = {
  code: string;
  problems: readonly Problem[];
  /** What the hub keeps the document under, when it has read it. */
  intake?: string | undefined;
  /** What is wrong, where it is known here already. */
  reason?: { da: string; en: string };
};

const meaning = ({ code, reason }: Refusal): string[] => {
  const texts = reason ?? (isErrorCode(code) ? errorCodes[code] : undefined);
  return texts === undefined ? [] : [texts.da, texts.en];
};

const line = ({ path, code, message, severity }: Problem, i: number): string =>
  `${String(i + 1)}. ${path === "" ? "" : `${path}: `}${message} (${severity === "warning" ? "advarsel / warning, " : ""}${code})`;

/**
 * Why a document was refused, for the person who looks into `refused`; Danish first. It repeats no value of the document.
 * Lines end as Windows ends them.
 */
export const problemText = (refusal: Refusal): string => {
  const { code, problems, intake } = refusal;
  return [
    "Dokumentet er ikke modtaget. / The document was not taken.",
    "",
    ...meaning(refusal),
    `Kode / Code: ${code}`,
    ...(intake === undefined ? [] : [`Nummer i Sektorbro / Number at the hub: ${intake}`]),
    ...(problems.length === 0 ? [] : ["", "Det er galt / What is wrong:", ...problems.map(line)]),
    "",
    'Ret det, og læg det i mappen "in" igen. Her kan begge filer slettes.',
    'Mend it and put it into the folder "in" again. Both files here can be deleted.',
    "",
  ].join("\r\n");
};
