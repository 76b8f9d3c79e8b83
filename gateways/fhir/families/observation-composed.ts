import {
  countUnit,
  homeCareScheme,
  type ParameterCodes,
  roleCalled,
} from "../../../contracts/codes/fhir-observation-parameters.ts";
import { medcomObservations, npuObservations } from "../../../contracts/codes/fhir-observations.ts";
import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import type {
  HomeCareMeasurer,
  HomeCareMedia,
  HomeCareResult,
} from "../../../contracts/fhir/home-care-observation.ts";
import type { Coded, FhirPractitioner } from "../../../contracts/fhir/parts.ts";
import type { FactOf } from "../../../contracts/messages/observation-facts.ts";
import type { MeasuredMedia, MeasuredResult, Person } from "../../../contracts/messages/observation-parts.ts";

export type MeasuredFact = FactOf<"Measured" | "PartlyMeasured">;

/** A UUID of any name: the same name has the same for ever. */
type UuidOf = (name: string) => string;

const known = [...medcomObservations, ...npuObservations];
/** A municipality's own analyses are never assessed against a reference, and must say so (MedCom, kommunale prøvesvar). */
const notInterpreted: Coded = {
  system: "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-core-interpretation-codes",
  code: "NI",
  display: "Not Interpreted",
};

const codedAs = (code: { system: string; code: string; name?: string | undefined }): Coded => {
  const listed = known.find((one) => one.system === code.system && one.code === code.code);
  const display = listed?.display ?? code.name;
  return { system: code.system, code: code.code, ...(display === undefined ? {} : { display }) };
};

const longestWords = 12;
/** Longer words than a value may have (MedCom, valueString) stand in the note, whole. */
const isLong = (text: string): boolean => text.length > longestWords;

const noteOf = ({ text, note }: MeasuredResult): string | undefined => {
  const said = [text !== undefined && isLong(text) ? text : undefined, note].filter(
    (part) => part !== undefined,
  );
  return said.length === 0 ? undefined : said.join("\n");
};

type Unit = NonNullable<MeasuredResult["unit"]>;
const unitOf = ({ text, system, code }: Unit) => ({
  ...(text === undefined ? {} : { unit: text }),
  ...(system === undefined ? {} : { system }),
  ...(code === undefined ? {} : { code }),
});

const valueIn = ({ value, text, comparator, unit = {} }: MeasuredResult): Partial<HomeCareResult> => {
  if (value === undefined) return text === undefined || isLong(text) ? {} : { value: { kind: "text", text } };
  const more = comparator === undefined ? {} : { comparator };
  return { value: { kind: "quantity", value, ...more, ...unitOf(unit) } };
};

const roleOf = (title: string | undefined): Pick<FhirPractitioner, "role"> => {
  const found = roleCalled(title);
  return found === undefined ? {} : { role: { kind: "code", ...codedRole(found) } };
};

/** A name is told whole: all but its last word are given names, and a single word is one. */
const practitionerOf = ({ name, title, phone }: Person): FhirPractitioner => {
  const words = name.trim().split(/\s+/);
  const [surname, ...given] = words.length > 1 ? words.toReversed() : [];
  return {
    ...roleOf(title),
    ...(surname === undefined ? {} : { surname }),
    givenNames: surname === undefined ? words : given.toReversed(),
    ...(phone === undefined ? {} : { phone }),
  };
};

const codedRole = ({ system, code, display }: Coded): Coded => ({
  system,
  code,
  ...(display === undefined ? {} : { display }),
});

/** Whoever answers for the report; `undefined` without a role of MedCom's list or a number to call back on. */
export const measurerOf = (person: Person | undefined): HomeCareMeasurer | undefined => {
  if (person === undefined) return undefined;
  const { role, phone, ...names } = practitionerOf(person);
  return role?.kind === "code" && phone !== undefined ? { ...names, role, phone } : undefined;
};

const ofResult = (result: MeasuredResult, id: string): HomeCareResult => {
  const [first, ...others] = result.codes.map(codedAs);
  const { interpretation, performer, status = "final", measuredAt } = result;
  const note = noteOf(result);
  return {
    id,
    status,
    code: first ?? notInterpreted,
    otherCodes: others,
    at: measuredAt,
    ...valueIn(result),
    interpretation: interpretation === undefined ? notInterpreted : codedAs(interpretation),
    ...(note === undefined ? {} : { note }),
    ...(performer === undefined ? {} : { performer: practitionerOf(performer) }),
  };
};

interface Scored {
  readonly parameter: string;
  readonly measured: string;
}

const scheme = schemeOf(scoreSchemes, { id: homeCareScheme.scheme });

/** What MedCom sends of a value from a list is the points that the scheme gives it. */
const pointsOf = ({ parameter, measured }: Scored): string | undefined => {
  const listed = scheme?.parameters.find(({ name }) => name === parameter);
  if (listed?.kind !== "coded") return undefined;
  const points = listed.values.find(({ code }) => code === measured)?.points;
  return points === undefined ? undefined : String(points);
};

const quantityOf = (scored: Scored, { units, points }: ParameterCodes): HomeCareResult["value"] => {
  if (points === undefined)
    return { kind: "quantity", value: scored.measured.replace(",", "."), unit: units[0].names[0] };
  const value = pointsOf(scored);
  return value === undefined ? undefined : { kind: "quantity", value, ...countUnit };
};

const ofValue = (scored: Scored, at: string, uuidOf: UuidOf): HomeCareResult[] => {
  const { parameter } = scored;
  const codes = homeCareScheme.parameters.find((one) => one.parameter === parameter);
  const value = codes === undefined ? undefined : quantityOf(scored, codes);
  if (codes === undefined || value === undefined) return [];
  const common = { status: "final", otherCodes: [], at, interpretation: notInterpreted };
  return [{ id: uuidOf(`result.${parameter}`), ...common, code: codedAs(codes.codes[0]), value }];
};

/** The hub's own total: what a receiver is to act on. The sender's stands in the results where it sent one. */
const totalOf = ({ score: { total }, measuredAt }: MeasuredFact, uuidOf: UuidOf): HomeCareResult[] => {
  if (total === undefined) return [];
  const value = { kind: "quantity" as const, value: String(total), ...countUnit };
  const common = { status: "final", otherCodes: [], at: measuredAt, interpretation: notInterpreted };
  return [{ id: uuidOf("result.total"), ...common, code: codedAs(homeCareScheme.total), value }];
};

/** What was measured: as its sender's message told it, or the values of the score by their codes. */
export const resultsOf = (fact: MeasuredFact, uuidOf: UuidOf): HomeCareResult[] => {
  const { score, results, measuredAt } = fact;
  if (results !== undefined)
    return results.map((one, at) => ofResult(one, uuidOf(`result.${String(at + 1)}`)));
  if (score.scheme !== homeCareScheme.scheme) return [];
  const values = [...score.parts, ...score.carried].flatMap((one) => ofValue(one, measuredAt, uuidOf));
  return [...values, ...totalOf(fact, uuidOf)];
};

const types: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  txt: "text/plain",
  bin: "application/octet-stream",
};

const mediaFrom = (one: MeasuredMedia, uuidOf: UuidOf): HomeCareMedia => {
  const { objectId, contentType, extension, description, takenAt, sizeBytes, digest } = one;
  return {
    id: uuidOf(`media.${objectId}`),
    contentType: contentType ?? types[extension] ?? `image/${extension}`,
    ...(description === undefined ? {} : { title: description }),
    ...(takenAt === undefined ? {} : { created: takenAt }),
    sizeBytes,
    digest,
  };
};

/** The bytes are put in by whoever prints: they are kept under the digests. */
export const mediaIn = ({ attachments = [] }: MeasuredFact, uuidOf: UuidOf): HomeCareMedia[] =>
  attachments.map((one) => mediaFrom(one, uuidOf));
