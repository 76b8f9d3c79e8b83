import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { ClinicalLetter } from "../../../../../contracts/letters/any-letter.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import {
  type ClinicalVersion,
  clinicalVersionOf,
  clinicalVersions,
} from "../../../../../gateways/oioxml/codec/spoken-types.ts";
import type { Fields } from "../../../../../gateways/tables/element-table.ts";
import { printingLosses } from "../../../../../gateways/tables/losses.ts";
import { howOften } from "../../../../support/how-often.ts";
import { complaintsOf } from "../../../../support/letter-cases.ts";
import { clinicalIn } from "../../../../support/oioxml-answers.ts";
import { untidyRuns, untidyText } from "../../../../support/oioxml-arbitraries.ts";
import { envelope, textOf } from "../../../../support/oioxml-builders.ts";
import { fieldsOf } from "../../../../support/oioxml-fields.ts";
import { documentLines } from "../../../../support/oioxml-trees.ts";
import { printClinicalLetter, printEmessage } from "../../../../support/printing.ts";

const named = clinicalVersions.map(
  (version) =>
    [`${version.type} ${version.version} of ${version.namespace.slice(-11, -1)}`, version] as const,
);

/** `identity-replaced` and `booking-namespace`: of XD1333L's two namespaces the older is written, and it has no county. */
const isWritten = (version: ClinicalVersion): boolean => clinicalVersionOf(version) === version;
const inWritten = (version: ClinicalVersion, lines: string[]): string[] => {
  const written = clinicalVersionOf(version)?.namespace ?? "";
  return lines.map((line) => line.replaceAll(version.namespace, written));
};
const fieldsFor = (version: ClinicalVersion): fc.Arbitrary<Fields> =>
  fieldsOf(version.table).filter(
    (fields) => isWritten(version) || !JSON.stringify(fields).includes('"text":"amt"'),
  );

const runs = { numRuns: howOften("SEKTORBRO_LETTER_RUNS", { short: 25, long: 60 }) };

describe.each(named)("%s", (_, version) => {
  const arbitrary = fieldsFor(version);

  test.prop([arbitrary], runs)(
    "what its table allows is read into its contract, and nothing of it is lost",
    (fields) => {
      const document = printEmessage(version, fields, envelope);
      expect(document.losses).toEqual([]);
      expect(complaintsOf(document.bytes)).toEqual([]);
      const letter = clinicalIn(parseDocument(document.bytes));
      expect(ClinicalLetter.parse(letter)).toEqual(letter);
      const again = printClinicalLetter(letter, envelope);
      expect(again.losses).toEqual([]);
      expect(documentLines(again.bytes)).toEqual(inWritten(version, documentLines(document.bytes)));
      expect(clinicalIn(parseDocument(again.bytes))).toEqual(letter);
      expect(complaintsOf(again.bytes)).toEqual([]);
    },
  );
});

/** Every string or text of a letter for which there is something in its place. */
type Untidy = { readonly at: number; readonly text: string; readonly runs: unknown };
/** Codes and times are what JSON's contracts hold them to; names, numbers and texts are anything. */
const free = new Set(
  (
    "letterId statisticalCode episodeOfCareId id organisation department unit street suburb district postCode phone " +
    "value name title surname givenName occupation email number text note notificationId specialityName by hours url " +
    "description objectId gln names"
  ).split(" "),
);
const isRuns = (value: readonly unknown[]): boolean =>
  value.length > 0 && value.every((run) => typeof run === "string" || "el" in (run as object));
const isFree = (key: string, text: string): boolean =>
  free.has(key) && !(key === "description" && /^[a-z_]+$/.test(text));
const untidied = (value: unknown, harm: readonly Untidy[]): unknown => {
  let place = 0;
  const next = (): Untidy | undefined => {
    const here = place++ % 30;
    return harm.find(({ at }) => at === here);
  };
  const walkList = (key: string, inner: readonly unknown[]): unknown =>
    key !== "names" && isRuns(inner) ? (next()?.runs ?? inner) : inner.map((one) => walk(key, one));
  const walk = (key: string, inner: unknown): unknown => {
    if (Array.isArray(inner)) return walkList(key, inner);
    if (typeof inner === "string") return isFree(key, inner) ? (next()?.text ?? inner) : inner;
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, walk(name, one)]));
  };
  return walk("", value);
};
const harms = fc.array(fc.record({ at: fc.nat({ max: 29 }), text: untidyText, runs: untidyRuns }), {
  maxLength: 12,
});
const listed = new Set<string>(Object.keys(printingLosses));

describe.each(named.filter(([, version]) => isWritten(version)))(
  "%s, of values that do not fit it",
  (_, version) => {
    /** The versions that share its contract: a letter of one is now and then to be written as another. */
    const keys = Object.keys(version.shape.own).join();
    const others = clinicalVersions.filter(({ shape }) => Object.keys(shape.own).join() === keys);

    test.prop(
      [
        fc.constantFrom(...others).chain((other) => fieldsFor(other).map((fields) => ({ other, fields }))),
        harms,
      ],
      runs,
    )(
      "every loss is a listed one, and what is printed is valid unless it is said to lack what is required",
      ({ other, fields }, harm) => {
        const letter = clinicalIn(parseDocument(printEmessage(other, fields, envelope).bytes));
        const asked = {
          ...(untidied(letter, harm) as ClinicalLetter),
          type: version.type,
          version: version.version,
        } as ClinicalLetter;
        const { bytes, losses } = printClinicalLetter(asked, envelope);
        expect(losses.filter(({ code }) => !listed.has(code))).toEqual([]);
        if (losses.some(({ code }) => code === "required-missing")) return;
        expect(complaintsOf(bytes), textOf(bytes)).toEqual([]);
      },
    );
  },
);
