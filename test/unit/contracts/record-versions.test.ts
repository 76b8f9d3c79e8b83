import { describe, expect, it } from "vitest";
import { caseRecordFrom } from "../../../contracts/record.ts";
import { recordVersion, type Upcast, upcastRecord } from "../../../contracts/record-versions.ts";
import { bareRecord } from "../../support/bare-record.ts";

/** Two changes as a later release may make them: a field is named anew, and one that says what was meant all along. */
const steps: readonly Upcast[] = [
  ({ family, ...record }) => ({ ...record, version: 2, area: family }),
  (record) => ({ ...record, version: 3, written: record["written"] ?? "by hand" }),
];
const later = { steps, current: 3 };

describe("a record of an older version", () => {
  it("is read through every step that came since", () => {
    expect(upcastRecord({ version: 1, family: "advice", no: 4 }, later)).toEqual({
      version: 3,
      area: "advice",
      no: 4,
      written: "by hand",
    });
    expect(upcastRecord({ version: 2, area: "advice" }, later)).toMatchObject({ version: 3, area: "advice" });
  });

  it("of today's version is what it is", () => {
    const record = { version: 3, area: "advice" };
    expect(upcastRecord(record, later)).toBe(record);
  });

  it.each([[{ version: 4 }], [{ version: 0 }], [{ version: 1.5 }], [{ version: "1" }], [{}], [null], ["1"]])(
    "is not made of %j",
    (value) => {
      expect(upcastRecord(value, later)).toBe(value);
    },
  );
});

describe("what the journal reads", () => {
  it("is of today's version or is told by name", () => {
    const record = bareRecord("5f0c6a52-6a3e-4d0f-9c63-0c2f5e1f7a10", 1);
    expect(caseRecordFrom(JSON.stringify(record))).toEqual(record);
    expect(() => caseRecordFrom(JSON.stringify({ ...record, version: recordVersion + 1 }))).toThrow(
      expect.objectContaining({ code: "record-version-unknown" }),
    );
  });
});
