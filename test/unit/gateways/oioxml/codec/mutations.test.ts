import { describe, expect, test } from "vitest";
import { AttachmentLetter, Letter } from "../../../../../contracts/letter.ts";
import { ClinicalLetter } from "../../../../../contracts/letters/any-letter.ts";
import { Problem } from "../../../../../contracts/problem.ts";
import { vansEnvelopeTable } from "../../../../../gateways/envelopes/vans/vans-envelope-table.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import type { ParsedDocument, ParsedLetter } from "../../../../../gateways/oioxml/codec/parsed-document.ts";
import { envelopeTable } from "../../../../../gateways/oioxml/codec/tables/envelope.ts";
import type { Group } from "../../../../../gateways/tables/element-table.ts";
import { problemTexts } from "../../../../../gateways/tables/problem-texts.ts";
import { howOften } from "../../../../support/how-often.ts";
import { lettersOf } from "../../../../support/oioxml-builders.ts";
import { mutate, mutationNames, randomOf } from "../../../../support/oioxml-mutations.ts";
import { allSpecimens, specimensOf, spokenVersions } from "../../../../support/oioxml-specimens.ts";

/** `MUTATIONS=100000 MUTATION_SEED=7 npx vitest run …/mutations.test.ts` runs more of them, or the same again. */
const runs = howOften("MUTATIONS", { short: 3_000, long: 10_000 });
const seed = Number(process.env["MUTATION_SEED"] ?? Date.now() % 1_000_000_007);

const specimens = allSpecimens();

const namesIn = (group: Group): string[] =>
  group.slots.flatMap(({ element: { name, attribute, content } }) => [
    name,
    attribute?.name ?? "",
    ...(content.kind === "group" ? namesIn(content) : []),
  ]);

/** All that an error may say: names of the tables, and the hub's own sentences. A value that is none of these is the sender's. */
const vocabulary = [
  ...new Set([
    ...spokenVersions.flatMap(({ root, table }) => [root, ...namesIn(table)]),
    ...namesIn(envelopeTable),
    ...namesIn(vansEnvelopeTable),
    ...Object.entries(problemTexts).flatMap(([code, { en }]) => [code, en]),
    "VANSEnvelope Emessage node() line error warning",
  ]),
].join(" ");

/** Every value, attribute and name of a document, as far as it is more than the hub's own words, and how it begins. */
const ownWords = (bytes: Uint8Array): string[] => {
  const xml = Buffer.from(bytes).toString("latin1");
  const found = xml.matchAll(/>([^<>]{4,})|="([^"]{4,})"|<\/?([\w.-]{4,})/g);
  const words = new Set<string>();
  for (const [, text, attribute, name] of found) {
    const word = (text ?? attribute ?? name ?? "").trim().slice(0, 60);
    // A name whose bracket was cut away reads as a text `/Name`, just as a path of the hub's own has it.
    const ours = word.split("/").every((name) => vocabulary.includes(name));
    if (word.length >= 4 && !ours) words.add(word);
    if (words.size > 300) break;
  }
  return [...words];
};

const problemsOf = (document: ParsedDocument): readonly Problem[] => {
  if (document.kind === "unreadable") return document.problems;
  if (document.kind === "vansReceipt") return document.warnings;
  return [
    ...document.warnings,
    ...document.letters.flatMap((letter) => ("problems" in letter ? letter.problems : letter.warnings)),
  ];
};

/** A letter that is taken is whole: its content fits its contract. */
const checkTaken = (letter: Exclude<ParsedLetter, { kind: "refused" }>): void => {
  expect(letter.warnings.every(({ severity }) => severity === "warning")).toBe(true);
  expect(letter).not.toHaveProperty("problems");
  if (letter.kind === "letter") Letter.parse(letter.letter);
  if (letter.kind === "clinical") ClinicalLetter.parse(letter.letter);
  if (letter.kind === "receipt")
    expect(letter.letterId.length * letter.originalEnvelopeId.length).toBeGreaterThan(0);
  if (letter.kind !== "attachments") return;
  const digest = `sha256-${"0".repeat(64)}`;
  const objects = letter.letter.objects.map(({ bytes, ...object }) => {
    expect(bytes.length).toBe(object.sizeBytes);
    return { ...object, digest };
  });
  AttachmentLetter.parse({ ...letter.letter, objects });
};

/** Of the document as a whole there is no path but its line, and where nothing could be read not even that. */
const wholeDocument = new Set(["encoding-unknown", "type-unknown", "xml-malformed", "document-too-large"]);

/** What is refused is refused whole, with every reason and its path. */
const checkRefused = (refused: { code: string; problems: readonly Problem[] }): void => {
  expect(refused.problems.length).toBeGreaterThan(0);
  expect(refused.problems.length).toBeLessThanOrEqual(100);
  expect(refused).not.toHaveProperty("letter");
  for (const problem of refused.problems) {
    Problem.parse(problem);
    expect(problem.severity).toBe("error");
    expect(problem.path !== "" || wholeDocument.has(problem.code)).toBe(true);
  }
};

const check = (document: ParsedDocument): void => {
  if (document.kind === "unreadable") checkRefused(document);
  if (document.kind !== "emessage") return;
  expect(document.letters.length).toBeGreaterThan(0);
  for (const letter of document.letters) {
    if (letter.kind === "refused") checkRefused(letter);
    else checkTaken(letter);
  }
};

const timed = (bytes: Uint8Array): { document: ParsedDocument; ms: number } => {
  const start = performance.now();
  const document = parseDocument(bytes);
  return { document, ms: performance.now() - start };
};

/** The longest that a document took; one that took long is read again, for the machine may have been busy. */
const longest = (bytes: Uint8Array, ms: number): number =>
  ms < 200 ? ms : Math.min(ms, timed(bytes).ms, timed(bytes).ms);

const verdict = (document: ParsedDocument): unknown => [
  document.kind,
  problemsOf(document).map(({ code, path }) => (path.startsWith("line ") ? code : `${path} ${code}`)),
];
/** Blanks behind the document that make it a large one, which goes into the parser in pieces. */
const inPieces = (bytes: Uint8Array): Uint8Array => {
  const blanks = "\n".repeat(70_000);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return Buffer.concat([bytes, Buffer.from(blanks, "utf16le")]);
  if (first === 0xfe && second === 0xff)
    return Buffer.concat([bytes, Buffer.from(blanks, "utf16le").swap16()]);
  return Buffer.concat([bytes, Buffer.from(blanks)]);
};

describe("specimens", () => {
  test.each(spokenVersions.map((one) => [`${one.type} ${one.version} ${one.namespace}`, one] as const))(
    "%s is accepted whole, from the least that its schema asks to the most",
    (_, spoken) => {
      for (const { name, bytes } of specimensOf(spoken)) {
        const document = parseDocument(bytes);
        check(document);
        const kinds = lettersOf(document).map((letter) =>
          letter.kind === "refused" ? letter.problems : letter.kind,
        );
        expect(kinds, name).toEqual([expect.any(String)]);
      }
    },
  );
});

describe(`random mutations, seed ${String(seed)}`, () => {
  const random = randomOf(seed);
  const outcomes = new Map<string, number>();
  const tried = new Set<string>();
  const chunk = Math.ceil(runs / 20);
  test.each(Array.from({ length: Math.ceil(runs / chunk) }, (_, at) => at * chunk))(
    "from the %ith on each leads to acceptance or to a refusal that says where, and repeats nothing",
    (first) => {
      for (let run = first; run < Math.min(runs, first + chunk); run++) {
        const specimen = specimens[Math.floor(random() * specimens.length)];
        if (specimen === undefined) throw new Error("no specimen");
        const { bytes, done } = mutate(specimen.bytes, random);
        const told = `run ${String(run)}, seed ${String(seed)}: ${specimen.name}: ${done.join(", ")}`;
        for (const name of done) tried.add(name);
        try {
          const { document, ms } = timed(bytes);
          check(document);
          expect(longest(bytes, ms)).toBeLessThan(1_000);
          const said = problemsOf(document)
            .map(({ path, code, message }) => `${path} ${code} ${message}`)
            .join("\n");
          expect(ownWords(bytes).filter((word) => said.includes(word))).toEqual([]);
          if (run % 10 === 0) expect(verdict(parseDocument(inPieces(bytes)))).toEqual(verdict(document));
          const refused =
            document.kind === "unreadable" || problemsOf(document).some((p) => p.severity === "error");
          const outcome = refused ? "refused" : "accepted";
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        } catch (error) {
          throw new Error(told, { cause: error });
        }
      }
    },
    60_000,
  );
  test("every mutation was tried, and both outcomes were seen", () => {
    expect([...tried].sort()).toEqual([...mutationNames].sort());
    expect(outcomes.get("accepted")).toBeGreaterThan(0);
    expect(outcomes.get("refused")).toBeGreaterThan(outcomes.get("accepted") ?? 0);
  });
});
