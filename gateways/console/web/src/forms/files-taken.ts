/** Which files can go with what is sent. Pure. */
import type { Attached } from "./body-of.ts";

const mostFiles = 10;
/** The hub's own limit, unless whoever runs it has set another (SEKTORBRO_MAX_ATTACHMENT_BYTES): then the hub says so. */
const mostBytes = 104_857_600;

/** What MedCom calls files of these names (XBIN01, XB0131X): kind and extension. */
const kinds: ReadonlyMap<string, Pick<Attached, "code" | "extension">> = new Map([
  ["jpg", { code: "billede", extension: "jpeg" }],
  ["jpeg", { code: "billede", extension: "jpeg" }],
  ["png", { code: "billede", extension: "png" }],
  ["gif", { code: "billede", extension: "gif" }],
  ["bmp", { code: "billede", extension: "bmp" }],
  ["tif", { code: "billede", extension: "tiff" }],
  ["tiff", { code: "billede", extension: "tiff" }],
  ["dcm", { code: "billede", extension: "dcm" }],
  ["pdf", { code: "proprietaert_indhold", extension: "pdf" }],
  ["doc", { code: "proprietaert_indhold", extension: "doc" }],
  ["xls", { code: "proprietaert_indhold", extension: "xls" }],
  ["zip", { code: "proprietaert_indhold", extension: "zip" }],
  ["txt", { code: "tekstfil", extension: "txt" }],
  ["rtf", { code: "tekstfil", extension: "rtf" }],
  ["scp", { code: "biosignaler", extension: "scp" }],
  ["mpg", { code: "multimedie", extension: "mpg" }],
  ["avi", { code: "multimedie", extension: "avi" }],
  ["wav", { code: "multimedie", extension: "wav" }],
]);

/** A chosen file as an attachment; `undefined`: MedCom has no name for its kind. */
const attachedOf = (file: File, objectId: string): Attached | undefined => {
  const kind = kinds.get(file.name.slice(file.name.lastIndexOf(".") + 1).toLowerCase());
  if (kind === undefined || file.size === 0) return undefined;
  return { objectId, description: file.name.slice(0, 70), ...kind, file };
};

type FileProblem = "fileKind" | "fileSize" | "fileLimit";

/** What of some files can go with a form that has so many already, and the first thing that is wrong with the rest. */
export const filesTaken = (
  files: readonly File[],
  { has, newId }: { has: number; newId: () => string },
): { taken: Attached[]; problem: FileProblem | undefined } => {
  const small = files.filter(({ size }) => size <= mostBytes);
  const known = small.flatMap((file) => attachedOf(file, newId()) ?? []);
  const taken = known.slice(0, Math.max(0, mostFiles - has));
  if (small.length < files.length) return { taken, problem: "fileSize" };
  if (known.length < small.length) return { taken, problem: "fileKind" };
  return { taken, problem: taken.length < known.length ? "fileLimit" : undefined };
};
