import { FormattedText } from "../../../contracts/formatted-text.ts";
import type { Fields, Value } from "../../tables/element-table.ts";
import {
  groupIn,
  groupsIn,
  groupValue,
  localTimeIn,
  localTimeValue,
  optionalGroup,
  optionalText,
  runsIn,
  runsValue,
  textValue,
} from "../../tables/fields.ts";

/**
 * How a table's elements become the fields of a typed letter and come back: data, read in both directions, so that what
 * is read is what is printed. A shape names every element that its table has; a test holds it to that.
 */
export type Shape = Readonly<Record<string, Part>>;

export type Part = Named | Nest | Choice;

/** A part that is one element's. */
type Named =
  | {
      readonly is: "text" | "number" | "runs" | "time" | "seconds" | "texts";
      readonly name: string;
    }
  | Code
  | Grouped;
/** `codes`: MedCom's word for each of ours. */
interface Code {
  readonly is: "code";
  readonly name: string;
  readonly codes: Readonly<Record<string, string>>;
}
/** `group`: an object, absent when the group is. `groups`: a list of them. */
interface Grouped {
  readonly is: "group" | "groups";
  readonly name: string;
  readonly shape: Shape;
}
/** Elements of the present group that become an object of their own; `always`: also when there are none. */
interface Nest {
  readonly is: "nest";
  readonly shape: Shape;
  readonly always: boolean;
}
/** A choice in which one element tells the kind: the object has `kind`, and what its shape has. */
interface Choice {
  readonly is: "choice";
  readonly kinds: readonly Kind[];
}

export interface Kind {
  readonly kind: string;
  readonly name: string;
  /** Of the present group, or of the group that `name` is when `inside`. */
  readonly shape: Shape;
  readonly inside: boolean;
}

/** A group whose elements become fields of the object around it, beside those of others. Printed when one has a value. */
export interface Lifted {
  readonly name: string;
  readonly shape: FullShape;
  /** The group is there in every letter of its kind, empty or not. */
  readonly always: boolean;
}
/** A shape and the groups that it takes apart. */
export interface FullShape {
  readonly own: Shape;
  readonly lifted: readonly Lifted[];
  /** Elements with one value in every letter, which say nothing: printed as they are. */
  readonly fixed: Readonly<Record<string, string>>;
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const secondsIn = (fields: Fields, name: string): string | undefined => {
  const at = optionalGroup(fields, name);
  return at === undefined
    ? undefined
    : `${optionalText(at, "Date") ?? ""}T${optionalText(at, "TimeWithSec") ?? ""}`;
};

const numberIn = (fields: Fields, name: string): number | undefined => {
  const text = optionalText(fields, name);
  return text === undefined ? undefined : Number(text);
};

const codeIn = (fields: Fields, part: Code): string | undefined => {
  const text = optionalText(fields, part.name);
  return Object.keys(part.codes).find((code) => part.codes[code] === text);
};

const kindIn = (fields: Fields, { kinds }: Choice): Plain | undefined => {
  const found = kinds.find(({ name }) => (fields[name] ?? []).length > 0);
  if (found === undefined) return undefined;
  const inside = found.inside ? optionalGroup(fields, found.name) : fields;
  return { kind: found.kind, ...(inside === undefined ? {} : readOwn(found.shape, inside)) };
};

const nested = (fields: Fields, part: Nest): Plain | undefined => {
  const value = readOwn(part.shape, fields);
  return part.always || Object.keys(value).length > 0 ? value : undefined;
};

const objectIn = (fields: Fields, part: Grouped): unknown => {
  if (part.is === "groups") return groupsIn(fields, part.name).map((group) => readOwn(part.shape, group));
  const group = optionalGroup(fields, part.name);
  return group === undefined ? undefined : readOwn(part.shape, group);
};

type Leaf = Exclude<Named, Code | Grouped>["is"];

const leavesIn: Readonly<Record<Leaf, (fields: Fields, name: string) => unknown>> = {
  text: optionalText,
  number: numberIn,
  runs: runsIn,
  time: (fields, name) => ((fields[name] ?? []).length > 0 ? localTimeIn(fields, name) : undefined),
  seconds: secondsIn,
  texts: (fields, name) => (fields[name] ?? []).flatMap((value) => (value.is === "text" ? [value.text] : [])),
};

const namedIn = (fields: Fields, part: Named): unknown => {
  if (part.is === "group" || part.is === "groups") return objectIn(fields, part);
  return part.is === "code" ? codeIn(fields, part) : leavesIn[part.is](fields, part.name);
};

const valueIn = (fields: Fields, part: Part): unknown => {
  if (part.is === "choice") return kindIn(fields, part);
  return part.is === "nest" ? nested(fields, part) : namedIn(fields, part);
};

const readOwn = (shape: Shape, fields: Fields): Plain => {
  const value: Plain = {};
  for (const key in shape) {
    const part = shape[key];
    const found = part === undefined ? undefined : valueIn(fields, part);
    if (found !== undefined) value[key] = found;
  }
  return value;
};

/** Fields that were read without problems, as the typed letter's own. */
export const readShape = ({ own, lifted }: FullShape, fields: Fields): Plain => {
  const value = readOwn(own, fields);
  for (const { name, shape } of lifted) Object.assign(value, readShape(shape, groupIn(fields, name)));
  return value;
};

// ---- the way back ----------------------------------------------------------------------------------------------

type Built = Record<string, readonly Value[]>;
const secondsValue = (at: string): Value[] =>
  groupValue({ Date: textValue(at.slice(0, 10)), TimeWithSec: textValue(at.slice(11)) });

const runsOf = (value: unknown): Value[] => runsValue(FormattedText.safeParse(value).data);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const ofText =
  (print: (text: string) => readonly Value[]) =>
  (value: unknown): readonly Value[] =>
    typeof value === "string" ? print(value) : [];

const leafValues: Readonly<Record<Leaf, (value: unknown) => readonly Value[]>> = {
  text: ofText(textValue),
  number: (value) => (typeof value === "number" ? textValue(String(value)) : []),
  runs: runsOf,
  time: ofText(localTimeValue),
  seconds: ofText(secondsValue),
  texts: (value) => listOf(value).flatMap(ofText(textValue)),
};

const namedValue = (part: Named, value: unknown): readonly Value[] => {
  if (part.is === "groups") return listOf(value).flatMap((item) => objectValue(part, item));
  if (part.is === "group") return objectValue(part, value);
  if (part.is === "code") return ofText((text) => textValue(part.codes[text]))(value);
  return leafValues[part.is](value);
};

const objectValue = (part: { readonly shape: Shape }, value: unknown): readonly Value[] =>
  isPlain(value) ? groupValue(printOwn(part.shape, value)) : [];

const kindFields = ({ kinds }: Choice, value: unknown): Built => {
  const kind = isPlain(value) ? kinds.find((one) => one.kind === value["kind"]) : undefined;
  if (kind === undefined || !isPlain(value)) return {};
  if (kind.inside) return { [kind.name]: groupValue(printOwn(kind.shape, value)) };
  const own = printOwn(kind.shape, value);
  return (own[kind.name] ?? []).length > 0 ? own : { ...own, [kind.name]: textValue("true") };
};

const partFields = (part: Part, value: unknown): Built => {
  if (part.is === "choice") return kindFields(part, value);
  if (part.is === "nest") return isPlain(value) ? printOwn(part.shape, value) : {};
  return { [part.name]: namedValue(part, value) };
};

const printOwn = (shape: Shape, value: Plain): Built => {
  const fields: Built = {};
  for (const key in shape) {
    const part = shape[key];
    if (part !== undefined) Object.assign(fields, partFields(part, value[key]));
  }
  return fields;
};

const isEmpty = (fields: Fields): boolean => Object.values(fields).every((values) => values.length === 0);

/** A typed letter as fields for the printer; what the table has no element for it reports as a loss. */
export const printShape = ({ own, lifted, fixed }: FullShape, value: Readonly<Plain>): Fields => {
  const fields: Built = { ...printOwn(own, value) };
  for (const name in fixed) fields[name] = textValue(fixed[name]);
  for (const { name, shape, always } of lifted) {
    const inside = printShape(shape, value);
    if (always || !isEmpty(inside)) fields[name] = groupValue(inside);
  }
  return fields;
};
