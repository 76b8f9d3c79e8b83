import { describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { Acknowledgement } from "../../../../contracts/fhir/acknowledgement.ts";
import { FhirMessage } from "../../../../contracts/fhir/fhir-message.ts";
import { answerTo, printedAnswer } from "../../../../gateways/fhir/answer-message.ts";
import { readingCodes } from "../../../../gateways/fhir/codec/model/problem-codes.ts";
import { r4Structures } from "../../../../gateways/fhir/codec/model/r4-structures.ts";
import { readFhir } from "../../../../gateways/fhir/codec/model/read-fhir.ts";
import { checkMessage, messageRules } from "../../../../gateways/fhir/codec/rules/check-message.ts";
import { ruleCodes } from "../../../../gateways/fhir/codec/rules/rule-codes.ts";
import { sliceFilter, slices } from "../../../../gateways/fhir/codec/rules/slices.ts";
import { refusedFor } from "../../../../gateways/fhir/come-to.ts";
import { type JudgedMessage, judgeMessage } from "../../../../gateways/fhir/judge-message.ts";
import { jsonMutations, mutate, xmlMutations } from "../../../support/fhir-mutations.ts";
import { fhirSpecimens } from "../../../support/fhir-specimens.ts";
import { howOften } from "../../../support/how-often.ts";
import { randomOf } from "../../../support/oioxml-mutations.ts";

/** `MUTATIONS=100000 MUTATION_SEED=7 npx vitest run …/mutations.test.ts` runs more of them, or the same again. */
const runs = howOften("MUTATIONS", { short: 3_000, long: 10_000 });
const seed = Number(process.env["MUTATION_SEED"] ?? Date.now() % 1_000_000_007);

const specimens = fhirSpecimens();

type Words = { readonly en: string; readonly da: string };

/** Every sentence that the reading and the rules have. A problem says one of these, and so no value of the sender's. */
const sentences: ReadonlySet<string> = new Set(
  [
    ...Object.values<Words>(readingCodes),
    ...Object.values<Words>(ruleCodes),
    ...messageRules.flatMap(({ rules, profiles }) => [
      ...rules.map(({ says }) => says),
      ...profiles.flatMap(([, { rows }]) => rows.flatMap(({ says, form }) => [says, form?.says])),
    ]),
  ].flatMap((words) => (words === undefined ? [] : [words.en, words.da])),
);

/** Every name that R4 has. A path is made of these, and so of no name of the sender's. */
const names: ReadonlySet<string> = new Set([
  ...(r4Structures.match(/[A-Za-z0-9]+/g) ?? []),
  ..."resourceType id extension modifierExtension meta implicitRules language text contained value".split(
    " ",
  ),
]);
const lowered = new Set([...names].map((name) => name.toLowerCase()));
/** `valueString` is a choice of R4's and a type of R4's; `_status` stands beside `status`. */
const isName = (name: string): boolean => {
  const plain = name.replace(/^_/, "");
  if (names.has(plain)) return true;
  const type = /[A-Z].*$/.exec(plain);
  return type !== null && names.has(plain.slice(0, type.index)) && lowered.has(type[0].toLowerCase());
};
/** Of an element or attribute that R4 does not have, its own name where it is one: letters alone, so no number of anybody's. */
const toldName = /^(\?|[@_]?[A-Za-z][A-Za-z-]{0,63})$/;
/** Which of several is meant, in the hub's own words: the tables' slices. */
const filters = [
  ...[...slices.values()].map(sliceFilter),
  ".practitioner.resolve().telecom.where(system='phone')",
  ".resolve()",
];
const foreignIn = (path: string): string[] => {
  const bare = filters
    .reduce((rest, filter) => rest.replaceAll(filter, ""), path)
    .replaceAll(/\.extension\('http:\/\/medcomfhir\.dk\/ig\/[A-Za-z/-]+'\)/g, "");
  const steps = bare.replaceAll(/\[\d+\]/g, "").split(/[.:]/);
  return steps.filter(
    (name, at) => name !== "" && !isName(name) && !(at === steps.length - 1 && toldName.test(name)),
  );
};

const timed = (bytes: Uint8Array): { judged: JudgedMessage; ms: number } => {
  const start = performance.now();
  const judged = judgeMessage(Buffer.from(bytes), "application/fhir+xml", defaultDocumentLimits);
  return { judged, ms: performance.now() - start };
};
/** The longest that a message took; one that took long is read again, for the machine may have been busy. */
const longest = (bytes: Uint8Array, ms: number): number =>
  ms < 200 ? ms : Math.min(ms, timed(bytes).ms, timed(bytes).ms);

const idsOf = (message: FhirMessage): string[] => {
  if (message.kind === "CareCommunication")
    return message.payloads.flatMap((one) => (one.kind === "attachment" ? [one.id] : []));
  return message.kind === "HomeCareObservation" ? message.media.map(({ id }) => id) : [];
};

/** A message that is taken is whole: it fits its contract, and no attachment of its is without its bytes. */
const checkTaken = ({ typed, problems, kind, content }: JudgedMessage): void => {
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  if (typed === undefined) throw new Error("half a message");
  expect([typed.message.kind, content]).toEqual([kind, expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(FhirMessage.safeParse(typed.message).error).toBeUndefined();
  const ids = new Set(idsOf(typed.message));
  expect([...typed.contents.keys()].filter((id) => !ids.has(id))).toEqual([]);
};

/** What is refused is answered, where it tells whom to answer, by a message that keeps every rule itself. */
const checkRefused = (judged: JudgedMessage): boolean => {
  expect(judged.problems.some(({ severity }) => severity === "error")).toBe(true);
  const { said } = refusedFor(judged);
  const about = { final: true, intake: "in-1", now: "2026-11-23T10:15:00.000Z" } as const;
  const answer = answerTo({ organisation: () => undefined }, { head: judged.head, outcome: said }, about);
  if (answer === undefined) return false;
  expect(Acknowledgement.safeParse(answer).error).toBeUndefined();
  const { base64 } = printedAnswer(answer, judged.format ?? "json");
  const printed = readFhir(Buffer.from(base64, "base64"));
  if (!printed.ok)
    throw new Error(
      `the answer is unreadable: ${printed.problems.map(({ code, path }) => `${path} ${code}`).join()}`,
    );
  // That the original's own step could not be read, so is not carried along, is a warning.
  const problems = [...printed.warnings, ...checkMessage(printed.resource).problems];
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  return true;
};

describe("specimens", () => {
  test.each(specimens.map((one) => [one.name, one.bytes] as const))("%s is judged whole", (_, bytes) => {
    const { judged } = timed(bytes);
    if (judged.typed === undefined) checkRefused(judged);
    else checkTaken(judged);
  });
});

describe(`random mutations of FHIR messages, seed ${String(seed)}`, () => {
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
          const { judged, ms } = timed(bytes);
          expect(longest(bytes, ms)).toBeLessThan(1_000);
          const { problems, typed } = judged;
          const foreign = problems.flatMap(({ path, text }) => [
            ...foreignIn(path),
            ...[text.en, text.da].filter((sentence) => !sentences.has(sentence)),
          ]);
          expect(foreign).toEqual([]);
          if (typed !== undefined) checkTaken(judged);
          const answered = typed === undefined && checkRefused(judged) ? "refused and answered" : "refused";
          const outcome = typed === undefined ? answered : "accepted";
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        } catch (error) {
          throw new Error(told, { cause: error });
        }
      }
    },
    120_000,
  );

  test("every mutation was tried, and every outcome was seen", () => {
    expect([...tried].sort()).toEqual([...new Set([...jsonMutations, ...xmlMutations])].sort());
    for (const outcome of ["accepted", "refused", "refused and answered"])
      expect(outcomes.get(outcome)).toBeGreaterThan(0);
  });
});
