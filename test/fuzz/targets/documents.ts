import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { defaultDocumentLimits } from "../../../contracts/codes/document-limits.ts";
import { FhirMessage } from "../../../contracts/fhir/fhir-message.ts";
import { Letter } from "../../../contracts/letter.ts";
import { ClinicalLetter } from "../../../contracts/letters/any-letter.ts";
import { Problem } from "../../../contracts/problem.ts";
import { openEnvelope } from "../../../gateways/envelopes/open-envelope.ts";
import { judgeMessage } from "../../../gateways/fhir/judge-message.ts";
import { parseDocument } from "../../../gateways/oioxml/codec/parse-document.ts";
import type { ParsedLetter } from "../../../gateways/oioxml/codec/parsed-document.ts";
import { renderDocument } from "../../../gateways/oioxml/render/render-document.ts";
import { decodeBase64, encodeBase64 } from "../../../gateways/xml/base64.ts";
import { readXml } from "../../../gateways/xml/read-xml.ts";
import { mutate as mutateFhir } from "../../support/fhir-mutations.ts";
import { fhirSpecimens } from "../../support/fhir-specimens.ts";
import { pick, upTo } from "../../support/mutation-parts.ts";
import { mutate as mutateXml, type Random } from "../../support/oioxml-mutations.ts";
import { allSpecimens } from "../../support/oioxml-specimens.ts";
import { mustBe, type Target } from "../target.ts";

const bytesOf = ({ bytes }: { bytes: Uint8Array }): Uint8Array => bytes;
const inFolder = (folder: string): Uint8Array[] =>
  readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`));
const asXml = (bytes: Uint8Array, random: Random): Uint8Array => mutateXml(bytes, random).bytes;

/** What is refused says why, in problems that fit their contract and are not endless. */
const checkProblems = (problems: readonly Problem[], refused: boolean): void => {
  mustBe(problems.length <= 100, "more than a hundred problems");
  mustBe(!refused || problems.length > 0, "refused without a reason");
  for (const problem of problems) Problem.parse(problem);
};

const checkLetter = (letter: ParsedLetter): void => {
  checkProblems("problems" in letter ? letter.problems : letter.warnings, letter.kind === "refused");
  if (letter.kind === "letter") Letter.parse(letter.letter);
  if (letter.kind === "clinical") ClinicalLetter.parse(letter.letter);
};

const runOioxml = (bytes: Uint8Array): void => {
  const document = parseDocument(bytes);
  if (document.kind === "unreadable") checkProblems(document.problems, true);
  if (document.kind !== "emessage") return;
  mustBe(document.letters.length > 0, "a document without a letter");
  document.letters.forEach(checkLetter);
};

/** Blanks behind a document make it a large one, which is read in pieces: it must say the same. */
const runXml = (bytes: Uint8Array): void => {
  const whole = readXml(bytes);
  const isWide = bytes[0] === 0xff || bytes[0] === 0xfe || bytes[0] === 0 || bytes[1] === 0;
  if (isWide || !whole.ok) return;
  const pieces = readXml(Buffer.concat([bytes, Buffer.alloc(70_000, "\n")]));
  mustBe(pieces.ok && isDeepStrictEqual(pieces.root, whole.root), "read in pieces it says something else");
};

const runFhir = (bytes: Uint8Array): void => {
  const { problems, typed } = judgeMessage(Buffer.from(bytes), "", defaultDocumentLimits);
  problems.forEach(({ code, path }) => {
    mustBe(code !== "" && typeof path === "string", "a problem without a code");
  });
  const refused = problems.some(({ severity }) => severity === "error");
  mustBe(refused || typed !== undefined, "neither taken nor refused");
  if (!refused) FhirMessage.parse(typed?.message);
};

const runEnvelope = (bytes: Uint8Array): void => {
  const opened = openEnvelope(bytes, defaultDocumentLimits);
  if (opened?.is === "unopened") checkProblems(opened.problems, true);
  else if (opened !== undefined) checkProblems(opened.warnings, false);
};

/** Pages run nothing, whatever is in a letter: no tag of it becomes one of the page's. */
const runPage = (bytes: Uint8Array): void => {
  const text = renderDocument(bytes, "da");
  mustBe(
    !/<script|<iframe|\son[a-z]+=|javascript:/i.test(text.replaceAll(/&[a-z]+;/g, "")),
    "a page that runs",
  );
};

const alphabet = /^[A-Za-z0-9+/]*$/;
/** Said once more, without the hub's tables: digits, of which not one alone is left over, and padding at the end if at all. */
const runBase64 = (bytes: Uint8Array): void => {
  const text = Buffer.from(bytes).toString("latin1");
  const decoded = decodeBase64(text);
  const digits = text.replaceAll(/[\r\n\t ]/g, "").replace(/=*$/, "");
  const isBase64 = alphabet.test(digits) && digits.length % 4 !== 1;
  mustBe(decoded === undefined || isBase64, "what is no base64 is taken");
  mustBe(
    decoded === undefined || Buffer.from(digits, "base64").equals(decoded),
    "decoded to something else than by Node",
  );
  const again = decodeBase64(encodeBase64(bytes));
  mustBe(again !== undefined && Buffer.from(again).equals(bytes), "does not come back");
};
const base64Pieces = ["=", "==", "\n", "\r\n", " ", "-", "_", "*", "A", "AA=", "\u0000", "====", "é"];
const mutateBase64 = (bytes: Uint8Array, random: Random): Uint8Array => {
  let text = Buffer.from(bytes).toString("latin1");
  for (let times = 1 + upTo(random, 3); times > 0; times--) {
    const at = upTo(random, text.length + 1);
    text = text.slice(0, at) + pick(random, base64Pieces) + text.slice(at + upTo(random, 3));
  }
  return Buffer.from(text.slice(0, 50_000), "latin1");
};

const envelopes = (): Uint8Array[] => inFolder("contracts/examples/envelopes");
const letters = (): Uint8Array[] => [
  ...allSpecimens().map(bytesOf),
  ...inFolder("contracts/examples/oioxml"),
];

/** Documents of the standards, and what they are made of. */
export const documentTargets: readonly Target[] = [
  { name: "xml", seeds: () => [...letters().slice(0, 40), ...envelopes()], mutate: asXml, run: runXml },
  { name: "oioxml", seeds: letters, mutate: asXml, run: runOioxml },
  { name: "page", seeds: letters, mutate: asXml, run: runPage },
  {
    name: "fhir",
    seeds: () => fhirSpecimens().map(bytesOf),
    mutate: (bytes, random) => mutateFhir(bytes, random).bytes,
    run: runFhir,
  },
  { name: "envelope", seeds: envelopes, mutate: asXml, run: runEnvelope },
  {
    name: "base64",
    seeds: () =>
      ["", "AA==", "AAA=", "AAAA", "QUJD\r\nREVG\r\n", "A".repeat(400)].map((text) => Buffer.from(text)),
    mutate: mutateBase64,
    run: runBase64,
  },
];
