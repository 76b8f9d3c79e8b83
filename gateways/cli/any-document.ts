import { headBytes, standardOf } from "../../contracts/first-look.ts";
import { type Problem, warning } from "../../contracts/problem.ts";
import {
  type ParsedDocument,
  type ParsedMessage,
  parseDocument,
  parseMessage,
  renderDocument,
  renderMessage,
} from "./compose.ts";
import { problemLines } from "./hub-client.ts";
import {
  canBeTaken as documentCanBeTaken,
  summaryLines as documentLines,
  withoutBytes,
} from "./parse-text.ts";

/** A document of either standard, as the hub reads it. */
export type AnyDocument =
  | { readonly standard: "oioxml"; readonly document: ParsedDocument }
  | { readonly standard: "fhir"; readonly document: ParsedMessage };

/** No transport says of a file what it is: its beginning does. */
const isFhir = (bytes: Uint8Array): boolean => {
  const head = Buffer.from(bytes.subarray(0, headBytes)).toString("latin1");
  return /^(?:\u00ef\u00bb\u00bf)?\s*[{[]/.test(head) || standardOf("application/xml", head) === "fhir";
};

export const parseAny = (bytes: Uint8Array): AnyDocument =>
  isFhir(bytes)
    ? { standard: "fhir", document: parseMessage(bytes) }
    : { standard: "oioxml", document: parseDocument(bytes) };

export const renderAny = (bytes: Uint8Array, language: "da" | "en"): string =>
  isFhir(bytes) ? renderMessage(bytes, language) : renderDocument(bytes, language);

/** Whether a hub could take all of a document; whether it may, its directory and its cases decide. */
export const canBeTaken = ({ standard, document }: AnyDocument): boolean =>
  standard === "fhir"
    ? document.kind === "message" || document.around?.is === "receipt"
    : documentCanBeTaken(document);

/** As the hub's other problems are told; what the typed message has no place for is a warning of it. */
const problemsOf = (message: ParsedMessage): Problem[] => [
  ...(message.around !== undefined && "warnings" in message.around ? message.around.warnings : []),
  ...message.problems.map(({ path, code, severity, text }) => ({ path, code, severity, message: text.en })),
  ...(message.kind === "message" ? message.notRead : []).map(({ path, text }) =>
    warning(path, "not-read", text.split(" / ")[0] ?? text),
  ),
];

const printedMessage = (message: ParsedMessage): object => {
  const problems = problemsOf(message);
  const { kind, format, around } = message;
  if (around?.is === "receipt")
    return { kind: "envelopeReceipt", receipt: around.receipt, warnings: problems };
  if (kind === "unreadable") return { kind, standard: "fhir", format, problems };
  const { type, version } = message;
  const head = { kind, standard: "fhir", type, version, format };
  if (kind === "refused") return { ...head, problems };
  const attachments = [...message.contents].map(([id, bytes]) => ({ id, bytes: withoutBytes(bytes) }));
  return { ...head, message: message.message, attachments, warnings: problems };
};

/** What a document holds, as JSON has it: attachments by digest and size. */
export const printedForm = ({ standard, document }: AnyDocument): object => {
  const form = standard === "fhir" ? printedMessage(document) : withoutBytes(document);
  return { ...(typeof form === "object" ? form : {}) };
};

const formatName = (message: ParsedMessage): string =>
  message.format === undefined ? "FHIR" : `FHIR ${message.format.toUpperCase()}`;

const messageLines = (name: string, message: ParsedMessage): string[] => {
  const problems = problemLines(problemsOf(message));
  if (message.around?.is === "receipt") return [`${name}: receipt of an envelope: can be taken`, ...problems];
  if (message.kind === "unreadable")
    return [`${name}: refused: ${formatName(message)} that cannot be read`, ...problems];
  const { type = "unknown message", version = "" } = message;
  const outcome = message.kind === "message" ? "can be taken" : "refused";
  return [`${name}: ${`${type} ${version}`.trim()}, ${formatName(message)}: ${outcome}`, ...problems];
};

/** What reading a document came to, a line for each letter, problem and warning: codes and paths, no values. */
export const summaryLines = (name: string, any: AnyDocument): string[] =>
  any.standard === "fhir" ? messageLines(name, any.document) : documentLines(name, any.document);
