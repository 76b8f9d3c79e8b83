import fc from "fast-check";
import type { Content, ElementSpec, Fields, Group, Value } from "../../gateways/tables/element-table.ts";
import { alternativeId, anyText, breakable, cpr, formattedText, localTime } from "./oioxml-arbitraries.ts";

/** What a letter of a version may hold, made of the version's own table: every kind, length, list, choice and count. */

type Leaf = Exclude<Content, Group>;

/** Mostly short; now and then as long as it may be. */
const textOf = (min: number, max: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: anyText(max) },
    { weight: 1, arbitrary: fc.constantFrom("æ".repeat(max), "x".repeat(Math.max(1, min))) },
    ...(min === 0 ? [{ weight: 1, arbitrary: fc.constant("") }] : []),
  );

const patterns = [
  fc.integer({ min: 1, max: 2 ** 40 }).map(String),
  localTime.map((at) => at.slice(11)),
  fc.tuple(localTime, fc.integer({ min: 10, max: 59 })).map(([at, s]) => `${at.slice(11)}:${s}`),
  fc.constant("true"),
];
const fitting = (pattern: RegExp): fc.Arbitrary<string> => {
  const found = patterns.find((arbitrary) => fc.sample(arbitrary, 5).every((value) => pattern.test(value)));
  if (found === undefined) throw new Error(`nothing fits ${pattern.source}`);
  return found;
};

const texts = (arbitrary: fc.Arbitrary<string>): fc.Arbitrary<Value> =>
  arbitrary.map((text) => ({ is: "text", text }));
const leaves: { [K in Leaf["kind"]]: (content: Extract<Leaf, { kind: K }>) => fc.Arbitrary<Value> } = {
  text: ({ min, max }) => texts(textOf(min, max)),
  list: ({ values }) => texts(fc.constantFrom(...values)),
  version: ({ value }) => texts(fc.constant(value)),
  pattern: ({ pattern }) => texts(fitting(pattern)),
  date: () => texts(localTime.map((at) => at.slice(0, 10))),
  cpr: () => texts(cpr),
  "replacement-cpr": () => texts(alternativeId),
  gln: () => texts(anyText(35)),
  base64: () => fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ is: "bytes", bytes })),
  formatted: ({ level }) =>
    (level === "breakable" ? breakable : formattedText).map((runs) => ({ is: "runs", runs })),
};
const leaf = (content: Leaf): fc.Arbitrary<Value> =>
  (leaves[content.kind] as (one: Leaf) => fc.Arbitrary<Value>)(content);

const contentOf = ({ content }: ElementSpec): fc.Arbitrary<Value> =>
  content.kind === "group" ? fieldsOf(content).map((fields) => ({ is: "group", fields })) : leaf(content);

/** As few as may be, one or two, and now and then as many as may be. */
const countOf = ({ min, max }: ElementSpec): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(min) },
    { weight: 5, arbitrary: fc.integer({ min, max: Math.min(max, Math.max(min, 2)) }) },
    { weight: max > 2 ? 1 : 0, arbitrary: fc.constant(Math.min(max, 10)) },
  );

const occurrences = (spec: ElementSpec): fc.Arbitrary<Value[]> =>
  countOf(spec).chain((count) => fc.array(contentOf(spec), { minLength: count, maxLength: count }));

/** The alternatives of a choice by their numbers, one of which is taken. */
const chosen = ({ slots, choices }: Group): fc.Arbitrary<readonly number[]> =>
  fc.tuple(
    ...Array.from({ length: choices }, (_, choice) =>
      fc.constantFrom(...new Set(slots.filter((s) => s.choice === choice).map((s) => s.alternative))),
    ),
  );

export const fieldsOf = (group: Group): fc.Arbitrary<Fields> =>
  chosen(group).chain((alternatives) =>
    fc
      .tuple(
        ...group.slots
          .filter(({ choice, alternative }) => choice === -1 || alternatives[choice] === alternative)
          .map(({ element }) => occurrences(element).map((values) => [element.name, values] as const)),
      )
      .map((entries) => Object.fromEntries(entries.filter(([, values]) => values.length > 0))),
  );
