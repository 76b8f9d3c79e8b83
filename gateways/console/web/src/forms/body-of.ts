/** From what was typed in a form to the body of its command. */
import type { StoredObject } from "../../../../../contracts/letter.ts";
import { localOf } from "../time/danish.ts";
import { instantOf, wallOf } from "../time/danish-instant.ts";
import type { CommandForm, Field, Seen } from "./described/form.ts";

/** A file that was chosen; its bytes go to the hub when the command is sent. */
export type Attached = {
  objectId: string;
  description: string;
  code: StoredObject["code"];
  extension: StoredObject["extension"];
  file: File;
};

export type Value = string | boolean | readonly Attached[];
export type Values = Readonly<Record<string, Value>>;
/** What is wrong with a field, for whoever has the words. */
export type Wrong = "missing" | "too-long" | "not-whole" | "out-of-range" | "no-time";

/** What was typed, without the blanks around it. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

type Moment = Extract<Field, { kind: "date" | "moment" }>;
const momentOf = ({ kind, initial }: Moment, { nowMs }: Seen): string => {
  if (initial === undefined) return "";
  return kind === "date" ? localOf(nowMs).date : wallOf(nowMs);
};

const initialOf = (field: Field, seen: Seen): Value => {
  if (field.kind === "yes") return field.isOn === true;
  if (field.kind === "files") return [];
  if (field.kind === "organisation" || field.kind === "slot") return "";
  if (field.kind === "date" || field.kind === "moment") return momentOf(field, seen);
  return typeof field.initial === "function" ? field.initial(seen) : (field.initial ?? "");
};

export const initialValues = (fields: readonly Field[], seen: Seen): Values =>
  Object.fromEntries(fields.map((field) => [field.name, initialOf(field, seen)]));

/** Whether a field is asked for, as the others stand. */
export const isAsked = ({ when }: Field, values: Values): boolean =>
  when === undefined || when.in.includes(textOf(values[when.field]));

const isEmpty = (value: Value | undefined): boolean =>
  typeof value === "boolean" ? false : typeof value === "object" ? value.length === 0 : textOf(value) === "";

const wholeProblem = ({ min, max }: { min: number; max: number }, text: string): Wrong | undefined => {
  if (!/^-?\d+$/.test(text)) return "not-whole";
  return Number(text) < min || Number(text) > max ? "out-of-range" : undefined;
};

/** What is wrong with one field as it stands, whether it is asked for or not. */
const wrongIn = (field: Field, value: Value | undefined): Wrong | undefined => {
  if (isEmpty(value)) return field.isOptional === true ? undefined : "missing";
  const text = textOf(value);
  if ((field.kind === "line" || field.kind === "long") && text.length > field.max) return "too-long";
  if (field.kind === "whole") return wholeProblem(field, text);
  if (field.kind === "moment" && instantOf(text) === undefined) return "no-time";
  return undefined;
};

/** Everything that is wrong with a form, by the name of the field. */
export const wrongs = (fields: readonly Field[], values: Values): Map<string, Wrong> =>
  new Map(
    fields.flatMap((field) => {
      const wrong = isAsked(field, values) ? wrongIn(field, values[field.name]) : undefined;
      return wrong === undefined ? [] : [[field.name, wrong] as const];
    }),
  );

const entriesOf = (holder: unknown): Map<string, unknown> =>
  new Map(typeof holder === "object" && holder !== null ? Object.entries(holder) : []);

/** A holder with one more value, at a path. A part of the path that is a number is a place in a list. */
const placed = (holder: unknown, path: readonly string[], value: unknown): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const entries = entriesOf(holder);
  entries.set(key, placed(entries.get(key), rest, value));
  return /^\d+$/.test(key) ? [...entries.values()] : Object.fromEntries(entries);
};

const attachmentsIn = (value: Value | undefined, kept: ReadonlyMap<string, StoredObject["digest"]>) =>
  typeof value === "object"
    ? value.map(({ file, ...named }) => ({
        ...named,
        sizeBytes: file.size,
        digest: kept.get(named.objectId) ?? "",
      }))
    : [];

type Kept = ReadonlyMap<string, StoredObject["digest"]>;

const written = (field: Field, value: Value | undefined, kept: Kept): unknown => {
  if (field.kind === "files") return attachmentsIn(value, kept);
  if (typeof value === "boolean") return value;
  const text = textOf(value);
  if (text === "") return undefined;
  if (field.kind === "whole" || (field.kind === "choice" && field.isCount === true)) return Number(text);
  return field.kind === "moment" ? instantOf(text) : text;
};

/** The body of a command. What was left empty, and what is not asked for, is not in it. */
export const bodyOf = (
  form: CommandForm,
  values: Values,
  { seen, kept }: { seen: Seen; kept: Kept },
): object => {
  const fixed = typeof form.fixed === "function" ? form.fixed(seen, values) : (form.fixed ?? {});
  let body: unknown = {};
  for (const [name, value] of Object.entries(fixed)) body = placed(body, name.split("."), value);
  for (const field of form.fields) {
    const value = isAsked(field, values) ? written(field, values[field.name], kept) : undefined;
    if (value !== undefined) body = placed(body, field.name.split("."), value);
  }
  return typeof body === "object" && body !== null ? body : {};
};
