import type { FormattedText } from "../../contracts/formatted-text.ts";
import type { LocalDateTime } from "../../contracts/time.ts";
import type { Fields, Value } from "./element-table.ts";

/** Taking values out of fields that were read without problems, and putting values in for the printer. */

export const optionalText = (fields: Fields, name: string): string | undefined => {
  const value = fields[name]?.[0];
  return value?.is === "text" ? value.text : undefined;
};
/** A text that the table requires: its absence was a problem before anyone asked. */
export const textIn = (fields: Fields, name: string): string => optionalText(fields, name) ?? "";

export const groupsIn = (fields: Fields, name: string): Fields[] => {
  const groups: Fields[] = [];
  for (const value of fields[name] ?? []) if (value.is === "group") groups.push(value.fields);
  return groups;
};
export const optionalGroup = (fields: Fields, name: string): Fields | undefined => {
  const value = fields[name]?.[0];
  return value?.is === "group" ? value.fields : undefined;
};
export const groupIn = (fields: Fields, name: string): Fields => optionalGroup(fields, name) ?? {};
export const runsIn = (fields: Fields, name: string): FormattedText | undefined => {
  const value = fields[name]?.[0];
  return value?.is === "runs" ? value.runs : undefined;
};
export const bytesIn = (fields: Fields, name: string): Uint8Array => {
  const value = fields[name]?.[0];
  return value?.is === "bytes" ? value.bytes : new Uint8Array();
};
export const localTimeIn = (fields: Fields, name: string): LocalDateTime => {
  const at = groupIn(fields, name);
  return `${textIn(at, "Date")}T${textIn(at, "Time")}`;
};
/** The member of a closed list that a text is. */
export const memberOf = <T extends string>(values: readonly T[], text: string | undefined): T | undefined =>
  values.find((value) => value === text);

export const textValue = (text: string | undefined): Value[] =>
  text === undefined ? [] : [{ is: "text", text }];
export const runsValue = (runs: FormattedText | undefined): Value[] =>
  runs === undefined ? [] : [{ is: "runs", runs }];
export const groupValue = (fields: Fields): Value[] => [{ is: "group", fields }];
export const localTimeValue = (at: LocalDateTime): Value[] =>
  groupValue({ Date: textValue(at.slice(0, 10)), Time: textValue(at.slice(11)) });
