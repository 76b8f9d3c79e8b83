import { describe, expect, it } from "vitest";
import { primitiveNamed } from "../../../../../../gateways/fhir/codec/model/primitives.ts";

const fit: Readonly<Record<string, readonly string[]>> = {
  date: ["2026", "2026-12", "2026-12-31", "2024-02-29", "2000-02-29", "0001"],
  dateTime: ["2026", "2026-02", "2026-12-31", "2026-12-31T23:59:60Z", "2026-12-31T00:00:00.123456+14:00"],
  instant: ["2026-12-31T23:59:59Z", "2026-12-31T23:59:59.1-11:30"],
  time: ["00:00:00", "23:59:60.5"],
  id: ["a", "A-b.1", "x".repeat(64)],
  code: ["a", "a b", "æ-ø"],
  uri: ["urn:oid:1.2", "http://a/b|1", "#a", "æ"],
  oid: ["urn:oid:1.2.208.176.1.2", "urn:oid:0.0"],
  uuid: ["urn:uuid:c757873d-ec9a-4326-a141-556f43239520"],
  integer: ["0", "-1", "+1", "2147483647", "-2147483648"],
  unsignedInt: ["0", "2147483647"],
  positiveInt: ["1", "+1"],
  decimal: ["0", "-0.10", "1e400", "1E+1", "100000000000000000000"],
  boolean: ["true", "false"],
  string: ["a", " ", "a\nb"],
};
const misfit: Readonly<Record<string, readonly string[]>> = {
  date: [
    "26",
    "2026-13",
    "2026-00-01",
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "0000",
    "2026-1-1",
    "2026-12-31Z",
    " 2026",
  ],
  dateTime: [
    "2026-12-31T23:59Z",
    "2026-12-31T23:59:59",
    "2026-12-31T24:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-12-31 23:59:59Z",
  ],
  instant: ["2026-12-31", "2026-12-31T23:59:59", "2026-12-31T23:59:59+15:00", "2026-12-31T23:59:59.Z"],
  time: ["24:00:00", "00:00", "00:00:00Z"],
  id: ["æ", "a_b", "a b", "x".repeat(65), "a\n"],
  code: [" a", "a ", "a  b", "a\t\tb"],
  uri: ["a b", "a\n"],
  oid: ["1.2.208", "urn:oid:3.1", "urn:oid:1", "urn:oid:1.02", "urn:oid:1.2."],
  uuid: ["urn:uuid:C757873D-EC9A-4326-A141-556F43239520", "c757873d-ec9a-4326-a141-556f43239520"],
  integer: ["01", "1.0", "2147483648", "-2147483649", "1e2", "--1", "-"],
  unsignedInt: ["-1", "+1", "2147483648"],
  positiveInt: ["0", "-1"],
  decimal: ["01", ".5", "1.", "+1", "1,5", "NaN", "1 ", "0x1"],
  boolean: ["TRUE", "1", "0", "true "],
};
const rows = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table).flatMap(([type, texts]) => texts.map((text) => [type, text] as const));

describe("the primitive types of R4", () => {
  it.each(rows(fit))("%s may be %j", (type, text) => {
    expect(primitiveNamed(type)?.fits(text)).toBe(true);
  });

  it.each(rows(misfit))("%s may not be %j", (type, text) => {
    expect(primitiveNamed(type)?.fits(text)).toBe(false);
  });
});
